//! What is found about whole policies.

use csp_core::FindingCode::{
    self, AddressSource, DeprecatedDirective, LoneStrictDynamic, MissingBaseUri, MissingFormAction,
    MissingFrameAncestors, MissingObjectSrc, MissingScriptSrc, MissingTrustedTypes, OpenChannel, PlainText, ShortNonce,
    UnsafeEval, UnsafeHashes, UnsafeInline, UnsafeInlineStyle, WideScripts,
};
use csp_core::Policy;

/// Closes everything that the rows are not about.
const REST: &str = "; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

fn codes(policy: &str) -> Vec<(FindingCode, &'static str)> {
    let policy = policy.to_owned();
    let policy: &'static str = policy.leak();
    Policy::parse(policy).weaknesses().into_iter().map(|finding| (finding.code, finding.text)).collect()
}

#[test]
fn a_strict_policy_has_no_weakness() {
    assert_eq!(codes(&format!("script-src 'nonce-MDEyMzQ1Njc4OWFiY2RlZg==' 'strict-dynamic'{REST}")), []);
    assert_eq!(codes(&format!("script-src 'self'; connect-src 'self' https://api.example.com{REST}")), []);
}

#[test]
fn one_weakness_is_found() {
    for (directive, expected) in [
        ("script-src 'self' 'unsafe-inline'", vec![(UnsafeInline, "script-src")]),
        ("script-src 'unsafe-inline' 'nonce-MDEyMzQ1Njc4OWFiY2RlZg'", vec![]),
        ("script-src 'unsafe-inline' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", vec![]),
        ("script-src 'strict-dynamic'", vec![(LoneStrictDynamic, "script-src")]),
        ("script-src 'self' 'unsafe-eval'", vec![(UnsafeEval, "script-src")]),
        ("script-src 'self' 'wasm-unsafe-eval'", vec![]),
        ("script-src 'self' 'unsafe-hashes'", vec![(UnsafeHashes, "script-src")]),
        ("script-src 'nonce-MDEy'", vec![(ShortNonce, "script-src")]),
        ("script-src *", vec![(WideScripts, "script-src")]),
        ("script-src https:", vec![(WideScripts, "script-src")]),
        ("script-src https://*:*", vec![(WideScripts, "script-src")]),
        ("script-src data:", vec![(WideScripts, "script-src")]),
        ("script-src https: 'strict-dynamic' 'nonce-MDEyMzQ1Njc4OWFiY2RlZg'", vec![]),
        ("object-src *", vec![(WideScripts, "object-src")]),
        ("style-src 'unsafe-inline'", vec![(UnsafeInlineStyle, "style-src")]),
        ("img-src http://img.example.com", vec![(PlainText, "img-src")]),
        ("connect-src ws:", vec![(PlainText, "connect-src"), (OpenChannel, "connect-src")]),
        ("img-src https://93.184.215.14", vec![(AddressSource, "img-src")]),
        ("img-src https:", vec![(OpenChannel, "img-src")]),
        ("img-src data:", vec![]),
        ("connect-src *", vec![(OpenChannel, "connect-src")]),
        ("frame-src *", vec![(OpenChannel, "frame-src")]),
        ("block-all-mixed-content", vec![(DeprecatedDirective, "block-all-mixed-content")]),
        ("webrtc 'block'", vec![(DeprecatedDirective, "webrtc")]),
    ] {
        assert_eq!(codes(&format!("{directive}{REST}")), expected, "{directive}");
    }
}

#[test]
fn what_is_missing_is_found() {
    let found: Vec<_> = codes("connect-src 'self'").into_iter().map(|(code, _)| code).collect();
    for code in [
        MissingScriptSrc,
        MissingObjectSrc,
        MissingBaseUri,
        MissingFormAction,
        MissingFrameAncestors,
        MissingTrustedTypes,
        OpenChannel,
    ] {
        assert!(found.contains(&code), "{code}");
    }
    // default-src stands in for scripts and plugins, and for neither of the others.
    let found: Vec<_> = codes("default-src 'self'").into_iter().map(|(code, _)| code).collect();
    assert_eq!(found, [MissingBaseUri, MissingFormAction, MissingFrameAncestors, MissingTrustedTypes]);
}

#[test]
fn every_finding_says_what_to_do() {
    let text =
        "script-src * 'unsafe-inline' 'unsafe-eval' data: 'unsafe-hashes' 'nonce-a'; img-src http:; webrtc 'allow'";
    let findings = Policy::parse(text).weaknesses();
    assert!(findings.len() > 10);
    for finding in findings {
        assert!(finding.help.as_ref().is_some_and(|help| !help.is_empty()), "{finding}");
    }
}

/// The page has a row and a section for each code, and no other.
#[test]
fn each_code_is_explained() {
    let page = include_str!("../../csp-core/FINDINGS.md");
    let rows: Vec<String> =
        FindingCode::ALL.iter().map(|code| format!("| [`{code}`](#{code}) | {} |", code.severity().as_str())).collect();
    let found: Vec<&str> = page.lines().filter(|line| line.starts_with("| [")).collect();
    assert_eq!(found, rows);
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(sections, FindingCode::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
}
