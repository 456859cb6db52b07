//! What a declaration admits in each directive.

use csp_core::DirectiveName::{
    BaseUri, ConnectSrc, DefaultSrc, FontSrc, FormAction, ImgSrc, ScriptSrc, ScriptSrcAttr, ScriptSrcElem, StyleSrc,
    StyleSrcAttr, WorkerSrc,
};
use csp_core::SourceErrorKind::{
    ColonMissing, DigestLength, FixedNonce, KeywordWithoutEffect, MissingScheme, UnbalancedQuote, UnknownKeyword,
    UnquotedKeyword, Uppercase,
};
use csp_core::{DirectiveName, Entry, FindingCode, ProblemKind, SourceExpression, check_in};

const SHA256: &str = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
const SHA384: &str = "'sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb'";

#[test]
fn what_has_an_effect_is_admitted() {
    for (directive, text) in [
        (ScriptSrc, "'self'"),
        (ScriptSrc, "'strict-dynamic'"),
        (ScriptSrc, "'unsafe-inline'"),
        (ScriptSrc, "'unsafe-eval'"),
        (ScriptSrc, "'wasm-unsafe-eval'"),
        (ScriptSrc, SHA256),
        (ScriptSrc, SHA384),
        (ScriptSrc, "https://cdn.example.com/lib/"),
        (ScriptSrcElem, "'strict-dynamic'"),
        (ScriptSrcAttr, "'unsafe-hashes'"),
        (ScriptSrcAttr, SHA256),
        (StyleSrc, "'unsafe-inline'"),
        (StyleSrc, SHA256),
        (StyleSrcAttr, "'unsafe-hashes'"),
        (DefaultSrc, "'strict-dynamic'"),
        (DefaultSrc, "wss://ws.example.com"),
        (ImgSrc, "data:"),
        (ImgSrc, "https://*.example.com"),
        (FontSrc, "https:"),
        (BaseUri, "'self'"),
        (FormAction, "https://pay.example.com"),
        (WorkerSrc, "blob:"),
        (ConnectSrc, "wss://ws.example.com"),
    ] {
        let source = SourceExpression::declare_in(directive, text).unwrap_or_else(|error| panic!("{}", error.report()));
        assert_eq!(source.to_string(), text, "{directive}");
        assert_eq!(SourceExpression::parse(text), Some(source), "{directive}");
    }
}

#[test]
fn what_has_none_is_refused() {
    for (directive, text, kind, help) in [
        (ConnectSrc, "'unsafe-inline'", KeywordWithoutEffect, "remove it"),
        (ConnectSrc, SHA256, KeywordWithoutEffect, "remove it"),
        (ConnectSrc, "'nonce-abc'", KeywordWithoutEffect, "remove it"),
        (ImgSrc, "'strict-dynamic'", KeywordWithoutEffect, "remove it"),
        (ImgSrc, "wss://ws.example.com", KeywordWithoutEffect, "remove it"),
        (ImgSrc, "ws:", KeywordWithoutEffect, "remove it"),
        (StyleSrc, "'strict-dynamic'", KeywordWithoutEffect, "remove it"),
        (StyleSrc, "'unsafe-eval'", KeywordWithoutEffect, "remove it"),
        (ScriptSrcElem, "'unsafe-eval'", KeywordWithoutEffect, "remove it"),
        (ScriptSrcAttr, "'self'", KeywordWithoutEffect, "remove it"),
        (ScriptSrcAttr, "https://cdn.example.com", KeywordWithoutEffect, "remove it"),
        (StyleSrcAttr, "data:", KeywordWithoutEffect, "remove it"),
        (ScriptSrc, "'nonce-abc'", FixedNonce, "`nonce` without quotes"),
        (ScriptSrc, "'sha256-AAAA'", DigestLength, "compute it again"),
        (ScriptSrc, "'sha512-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", DigestLength, "compute it again"),
        (ScriptSrc, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'", DigestLength, "compute it again"),
        (
            ScriptSrc,
            "'sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
            DigestLength,
            "base64",
        ),
        (ScriptSrc, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFUA'", DigestLength, "compute it again"),
        (
            ScriptSrc,
            "'sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLl='",
            DigestLength,
            "compute",
        ),
        (ScriptSrc, "'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='", UnknownKeyword, "'sha256-…'"),
        (ScriptSrc, "'sha-256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", UnknownKeyword, "'sha256-…'"),
        (ScriptSrc, "'sha256–47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", UnknownKeyword, "'sha256-…'"),
        (ConnectSrc, "'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='", UnknownKeyword, "remove it"),
        (ScriptSrc, "'nonce-'", UnknownKeyword, "`nonce` without quotes"),
        (ScriptSrc, "'nonce-${nonce}'", UnknownKeyword, "`nonce` without quotes"),
        (ScriptSrc, "'nonce-<%= nonce %>'", UnknownKeyword, "`nonce` without quotes"),
        (ScriptSrc, "'nonce-abc", UnbalancedQuote, "`nonce` without quotes"),
        (ScriptSrc, "nonce-abc", UnquotedKeyword, "`nonce` without quotes"),
        (ScriptSrc, "strict_dynamic", UnquotedKeyword, "`strict_dynamic` without quotes"),
        (ImgSrc, "strict_dynamic", UnquotedKeyword, "no effect in img-src"),
        (ImgSrc, "data", ColonMissing, "write \"data:\""),
        (ScriptSrc, "'SHA256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='", Uppercase, "'sha256-47DEQ"),
        (ScriptSrc, "'Strict-Dynamic'", Uppercase, "'strict-dynamic'"),
        (ScriptSrc, "'strict-dinamic'", UnknownKeyword, "'strict-dynamic'"),
        (ImgSrc, "'strict-dinamic'", UnknownKeyword, "no effect in img-src"),
        (ScriptSrc, "strict-dynamic", UnquotedKeyword, "'strict-dynamic'"),
        (ImgSrc, "unsafe-inline", UnquotedKeyword, "no effect in img-src"),
        (ImgSrc, "cdn.example.com", MissingScheme, "https://cdn.example.com"),
    ] {
        let error = SourceExpression::declare_in(directive, text).expect_err(text);
        assert_eq!(error.kind(), kind, "{directive}: {}", error.report());
        assert!(error.help().is_some_and(|found| found.contains(help)), "{directive}: {}", error.report());
    }
}

fn findings(directive: DirectiveName, text: &str) -> Vec<FindingCode> {
    let checked = check_in(directive, &[Entry::source(text)]);
    let codes = checked.problems.into_iter().map(|problem| match problem.kind {
        ProblemKind::Warning(finding) => finding.code,
        ProblemKind::Error(error) => panic!("{}", error.report()),
        _ => panic!("another kind of problem"),
    });
    codes.collect()
}

#[test]
fn what_is_risky_depends_on_the_directive() {
    assert_eq!(findings(ImgSrc, "data:"), []);
    assert_eq!(findings(FontSrc, "data:"), []);
    assert_eq!(findings(ScriptSrc, "data:"), [FindingCode::LocalScheme]);
    assert_eq!(findings(ConnectSrc, "data:"), [FindingCode::LocalScheme]);
    assert_eq!(findings(ImgSrc, "https:"), [FindingCode::SchemeOnly]);
}
