//! Why was it blocked, and what is to be written?

use csp_core::report::{OwnPolicies, classify, explain, parse, redact};

use crate::legacy;

struct Case {
    directive: &'static str,
    policy: &'static str,
    blocked: &'static str,
    reason: &'static str,
    nearest: Option<&'static str>,
    entry: Option<&'static str>,
}

const fn case(
    directive: &'static str,
    policy: &'static str,
    blocked: &'static str,
    reason: &'static str,
    nearest: Option<&'static str>,
    entry: Option<&'static str>,
) -> Case {
    Case { directive, policy, blocked, reason, nearest, entry }
}

const CONNECT: &str = "connect-src";
const CASES: &[Case] = &[
    case(
        CONNECT,
        "connect-src https://a.example",
        "https://b.example/x?y",
        "no-source-for-host",
        Some("https://a.example"),
        Some("\"https://b.example\","),
    ),
    case(
        CONNECT,
        "connect-src 'self'",
        "wss://b.example:8443/",
        "no-source-for-host",
        Some("'self'"),
        Some("\"wss://b.example:8443\","),
    ),
    case(
        CONNECT,
        "connect-src https://a.example",
        "wss://a.example/",
        "scheme",
        Some("https://a.example"),
        Some("\"wss://a.example\","),
    ),
    case(
        CONNECT,
        "connect-src https://a.example",
        "https://a.example:8443/",
        "port",
        Some("https://a.example"),
        Some("\"https://a.example:8443\","),
    ),
    case(
        CONNECT,
        "connect-src https://*.a.example",
        "https://a.example/",
        "subdomain",
        Some("https://*.a.example"),
        Some("\"https://a.example\","),
    ),
    case(
        CONNECT,
        "connect-src https://a.example/v1/",
        "https://a.example/v2/",
        "path",
        Some("https://a.example/v1/"),
        Some("\"https://a.example/v2/\","),
    ),
    // Neither every path of the host, nor one resource alone.
    case(
        CONNECT,
        "default-src https://a.example/v1/ https://a.example/v3/",
        "https://a.example/v2;a=1/users/7?key=1",
        "path",
        Some("https://a.example/v1/"),
        Some("\"https://a.example/v2%3Ba=1/users/\","),
    ),
    case(CONNECT, "connect-src 'none'", "https://a.example/", "empty-list", None, Some("\"https://a.example\",")),
    case(
        CONNECT,
        "default-src https://b.example",
        "https://a.example/",
        "no-source-for-host",
        Some("https://b.example"),
        Some("\"https://a.example\","),
    ),
    case(
        CONNECT,
        "connect-src https://b.example",
        "http://a.example/",
        "no-source-for-host",
        Some("https://b.example"),
        Some("#[cfg(debug_assertions)] \"http://a.example\","),
    ),
    // Nobody is led to allow an address.
    case(
        CONNECT,
        "connect-src https://b.example",
        "https://169.254.169.254/",
        "no-source-for-host",
        Some("https://b.example"),
        None,
    ),
    case(
        CONNECT,
        "connect-src https://b.example",
        "https://[2001:db8::1]/",
        "no-source-for-host",
        Some("https://b.example"),
        None,
    ),
    // Redirects: what was blocked isn't known.
    case(CONNECT, "connect-src https://a.example", "https://a.example/old", "redirect", None, None),
    case(CONNECT, "connect-src 'self'", "https://shop.example.com/old", "redirect", None, None),
    case(CONNECT, "connect-src 'self'", "data", "scheme-missing", None, None),
    case(CONNECT, "connect-src 'self'", "", "unknown", None, None),
    case(CONNECT, "img-src *", "https://a.example/", "not-restricted", None, None),
    case(CONNECT, "", "https://a.example/", "unknown", None, None),
    case(CONNECT, "connect-src 'self'", "nonsense.example", "invalid", None, None),
    // Other directives: a source, no line of connect_src!.
    case("img-src", "img-src 'self'", "https://a.example/p.png", "no-source-for-host", Some("'self'"), None),
    case("script-src-elem", "script-src 'self'", "inline", "keyword-missing", None, None),
    case("script-src", "script-src 'self'", "eval", "keyword-missing", None, None),
    case("script-src", "script-src 'self'", "wasm-eval", "keyword-missing", None, None),
    case(
        "script-src-elem",
        "script-src 'strict-dynamic' https://a.example",
        "https://a.example/x.js",
        "no-source-for-host",
        None,
        None,
    ),
    // Forged: what would smuggle text is no URL, or an origin and nothing else.
    case(CONNECT, "connect-src 'self'", "https://a.example\", \"*", "invalid", None, None),
    case(
        CONNECT,
        "connect-src 'self'",
        "https://a.example/\", \"*",
        "no-source-for-host",
        Some("'self'"),
        Some("\"https://a.example\","),
    ),
    case(
        CONNECT,
        "connect-src 'self'",
        "https://*.example/",
        "no-source-for-host",
        Some("'self'"),
        // It would allow more than what was blocked.
        None,
    ),
    case(CONNECT, "connect-src 'self'", "https://a_b.example/", "no-source-for-host", Some("'self'"), None),
];

#[test]
fn each_reason_is_found() {
    for case in CASES {
        let body = legacy("https://shop.example.com/", case.directive, case.blocked, case.policy, "");
        let batch = parse(body.as_bytes(), &csp_core::report::Limits::default()).unwrap();
        let report = &batch.reports()[0];
        let found = explain(&redact(report), classify(report, &OwnPolicies::default()));
        let note = format!("{} {} {}", case.directive, case.policy, case.blocked);
        assert_eq!(found.reason.as_str(), case.reason, "{note}");
        assert_eq!(found.nearest.as_ref().map(|nearest| nearest.source.as_str()), case.nearest, "{note}");
        assert_eq!(found.entry.as_deref(), case.entry, "{note}");
        assert!(!found.verified, "{note}");
        assert!(!found.to_string().is_empty());
    }
}

/// What the policy allows by the encrypted scheme is to be called so, and nothing is to be added.
#[test]
fn what_is_allowed_encrypted_is_not_suggested_in_plain_text() {
    for (policy, blocked, encrypted, source) in [
        ("connect-src https://a.example", "http://a.example/x?key=1", Some("https://a.example/x"), None),
        ("connect-src https://a.example/v1/", "http://a.example/v2/", Some("https://a.example/v2/"), None),
        ("connect-src wss://*.example:8443", "ws://a.example:8443/", Some("wss://a.example:8443/"), None),
        ("connect-src 'self'", "http://shop.example.com:80/x", Some("https://shop.example.com/x"), None),
        ("connect-src http://a.example/v1/", "http://a.example/v2/", None, Some("http://a.example/v2/")),
        ("connect-src https://b.example", "http://a.example/", None, Some("http://a.example")),
        ("connect-src wss://a.example", "http://a.example/", None, Some("http://a.example")),
    ] {
        let body = legacy("https://shop.example.com/", CONNECT, blocked, policy, "");
        let batch = parse(body.as_bytes(), &csp_core::report::Limits::default()).unwrap();
        let report = &batch.reports()[0];
        let found = explain(&redact(report), classify(report, &OwnPolicies::default()));
        assert_eq!((found.encrypted.as_deref(), found.source.as_deref()), (encrypted, source), "{policy} {blocked}");
    }
}

#[test]
fn reasons_are_sentences() {
    let said = |directive, policy, blocked, own: &OwnPolicies| {
        let body = legacy("https://shop.example.com/", directive, blocked, policy, "");
        let batch = parse(body.as_bytes(), &csp_core::report::Limits::default()).unwrap();
        let report = &batch.reports()[0];
        explain(&redact(report), classify(report, own)).to_string()
    };
    let none = OwnPolicies::default();
    assert_eq!(
        said(CONNECT, "default-src https://b.example", "wss://b.example/", &none),
        "default-src decides, for want of a directive of its own: no source covers it; the nearest is \
         https://b.example (scheme differs)"
    );
    assert_eq!(
        said("script-src", "script-src 'self'", "inline", &none),
        "'unsafe-inline' isn't in the list, nor a nonce or a hash that fits"
    );
    let own = OwnPolicies::new(["connect-src 'self'"]);
    assert_eq!(
        said(CONNECT, "connect-src https://b.example", "https://a.example/", &own),
        "the policy is one of an earlier build"
    );
}
