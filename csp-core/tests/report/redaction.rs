//! What may be a secret doesn't get through.

use csp_core::report::GroupKey;

use crate::{legacy, read_one};

/// A URL of a report, and what is left of it.
const URLS: &[(&str, &str)] = &[
    ("https://a.example/p?token=s3cret", "https://a.example/p"),
    ("https://a.example/p#s3cret", "https://a.example/p"),
    ("https://s3cret:s3cret@a.example/p", "https://a.example/p"),
    ("https://s3cret@a.example:8443/", "https://a.example:8443/"),
    ("https://a.example", "https://a.example/"),
    ("HTTPS://A.EXAMPLE:443/%2F?x", "https://a.example/%2F"),
    ("https://a.example/\r\nX: 1", "https://a.example/X:%201"),
    ("https://a.example/<script>", "https://a.example/%3Cscript%3E"),
    ("https://\u{fc}.example/\u{202e}?s3cret", "https://xn--tda.example/%E2%80%AE"),
    ("wss://s3cret@ws.example/feed?s3cret", "wss://ws.example/feed"),
    ("https:\\\\s3cret@a.example\\p?s3cret", "https://a.example/p"),
    ("https://[2001:db8::1]:8443/x?s3cret", "https://[2001:db8::1]:8443/x"),
    ("ftp://s3cret:s3cret@f.example/x", "ftp://f.example/x"),
    ("data:text/html,<h1>s3cret</h1>", "data:"),
    ("data", "data"),
    ("blob:https://a.example/s3cret", "blob:"),
    ("javascript:s3cret()", "javascript:"),
    ("mailto:s3cret@a.example", "mailto:"),
    ("file:///home/s3cret/p.html", "file:"),
    ("about:blank?s3cret", "about:blank"),
    ("about:srcdoc", "about:srcdoc"),
    ("chrome-extension://abcdef/p.html?s3cret", "chrome-extension://abcdef/p.html"),
    ("chrome-extension", "chrome-extension"),
    ("webkit-masked-url://hidden/", "webkit-masked-url://hidden/"),
    ("inline", "inline"),
    ("/cart?s3cret", "/cart"),
    ("//s3cret@a.example/p?s3cret", "//a.example/p"),
    ("///s3cret@a.example/p", "///a.example/p"),
    ("https://a.example:99999/?s3cret", "https://a.example:99999/"),
    ("https://s3cret@[::1/?s3cret", "https://[::1/"),
    ("a b@c?s3cret", "[unreadable]"),
    ("s3cret x@inline", "[unreadable]"),
    ("a b?s3cret", "a b"),
    ("", ""),
];

#[test]
fn urls_lose_queries_fragments_and_credentials() {
    for (url, expected) in URLS {
        let (_, report) = read_one(&legacy("https://shop.example.com/", "connect-src", url, "", url));
        assert_eq!(report.blocked_url, *expected, "{url}");
        assert_eq!(report.source_file.as_deref(), Some(*expected).filter(|text| !text.is_empty()), "{url}");
        if !url.is_empty() {
            let (_, report) = read_one(&legacy(url, "connect-src", "inline", "", ""));
            assert_eq!(report.document_url, *expected, "{url}");
        }
        for text in [format!("{report:?}"), format!("{:?}", GroupKey::of(&report))] {
            assert!(!text.contains("s3cret"), "{text}");
        }
    }
}

#[test]
fn policies_lose_nonces_and_the_secrets_of_their_urls() {
    for (policy, expected) in [
        ("script-src 'nonce-s3cret'", "script-src 'nonce-redacted'"),
        ("script-src 'NONCE-s3cret' 'self'; img-src *", "script-src 'nonce-redacted' 'self'; img-src *"),
        ("script-src 'nonce-s3cret';img-src *", "script-src 'nonce-redacted';img-src *"),
        (
            "script-src 'nonce-s3cret'\t'nonce-s3cret2',img-src *",
            "script-src 'nonce-redacted' 'nonce-redacted',img-src *",
        ),
        ("script-src 'nonce-s3cret", "script-src 'nonce-redacted'"),
        ("script-src nonce-s3cret", "script-src 'nonce-redacted'"),
        ("script-src ''nonce-s3cret'", "script-src 'nonce-redacted'"),
        ("script-src \"nonce-s3cret\"", "script-src 'nonce-redacted'"),
        ("script-src \u{2018}nonce-s3cret\u{2019}", "script-src 'nonce-redacted'"),
        ("script-src https://nonce-1.example", "script-src https://nonce-1.example"),
        ("report-uri /csp?key=s3cret", "report-uri /csp"),
        ("report-uri https://s3cret@r.example/1?key=s3cret; img-src *", "report-uri https://r.example/1; img-src *"),
        ("connect-src https://a.example/p#s3cret", "connect-src https://a.example/p"),
        ("script-src 'sha256-abc='", "script-src 'sha256-abc='"),
        ("connect-src 'self'\r\nx", "connect-src 'self'  x"),
        ("", ""),
    ] {
        let (_, report) = read_one(&legacy("https://shop.example.com/", "connect-src", "inline", policy, ""));
        assert_eq!(report.original_policy, expected, "{policy}");
    }
}

#[test]
fn texts_are_cut() {
    let long = "ä".repeat(2_500);
    let body = format!(
        r#"{{"csp-report":{{"document-uri":"https://shop.example.com/{long}","effective-directive":"{long}",
            "blocked-uri":"{long}","original-policy":"{}","script-sample":"{long}"}},"user_agent":"{long}"}}"#,
        "x".repeat(20_000)
    );
    let (_, report) = read_one(&body);
    for (text, most) in [
        (Some(&report.document_url), 2048),
        (Some(&report.effective_directive), 256),
        (Some(&report.blocked_url), 2048),
        (Some(&report.original_policy), 16 << 10),
        (report.sample.as_ref(), 40),
        (report.user_agent.as_ref(), 256),
    ] {
        assert_eq!(text.unwrap().chars().count(), most + 1);
    }
}

#[test]
fn a_group_has_no_whole_urls() {
    let policy = "connect-src 'self'; script-src 'nonce-1'";
    let file = "https://shop.example.com/app.js?v=1";
    let one = legacy("https://shop.example.com/a?1", "connect-src", "https://evil.example/u/1", policy, file);
    let other = legacy(
        "https://shop.example.com/b#2",
        "connect-src",
        "https://evil.example/u/2?x",
        "connect-src 'self' ;script-src 'nonce-2'; report-uri https://shop.example.com/csp; Report-To csp;",
        "https://shop.example.com/app.js?v=2",
    );
    let (key, other) = (GroupKey::of(&read_one(&one).1), GroupKey::of(&read_one(&other).1));
    assert_eq!(key, other);
    assert_eq!(key.policy, "connect-src 'self'; script-src 'nonce-redacted'");
    assert_eq!(
        (key.document_origin.as_str(), key.blocked_origin.as_str()),
        ("https://shop.example.com", "https://evil.example")
    );
    assert_eq!(key.source_file.as_deref(), Some("https://shop.example.com/app.js"));
    assert!(key.is_enforced);
    for blocked in ["https://evil.example:8443/", "http://evil.example/", "inline", "data"] {
        let body = legacy("https://shop.example.com/", "connect-src", blocked, policy, file);
        assert_ne!(GroupKey::of(&read_one(&body).1), key, "{blocked}");
    }
}

#[test]
fn a_group_is_of_one_disposition() {
    for (disposition, is_enforced) in [("\"report\"", false), ("\"enforce\"", true), ("null", true), ("\"x\"", true)] {
        let body = legacy("https://shop.example.com/", "connect-src", "https://evil.example/", "", "")
            .replace("\"enforce\"", disposition);
        assert_eq!(GroupKey::of(&read_one(&body).1).is_enforced, is_enforced, "{disposition}");
    }
}
