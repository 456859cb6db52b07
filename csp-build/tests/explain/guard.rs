//! What a guard decides with its defaults.

use serde_json::{Value, json};

use crate::answers;

fn guard(question: Value) -> Value {
    answers(&["--as", "guard"], [question]).remove(0)
}

#[test]
fn the_rules_of_a_guard() {
    const API: Option<&str> = Some("https://api.example.com/v1/");
    const HOOKS: Option<&str> = Some("https://hooks.example.net");
    const FEED: Option<&str> = Some("wss://*.example.org:8443");
    const LOCAL: Option<&str> = Some("http://127.0.0.1:8080");
    const EXACT: Option<&str> = Some("https://exact.example.com/one");
    const ALLOWED: &str = "allowed by source";
    const HOST: &str = "no source covers: host differs";
    const SCHEME: &str = "no source covers: scheme differs";
    const PORT: &str = "no source covers: port differs";
    const PATH: &str = "no source covers: path differs";
    const METADATA: Option<&str> = Some("http://169.254.169.254");
    const HIDDEN: &str = "hidden separator";

    let allow = json!([
        "'self'",
        "https://api.example.com/v1/",
        "https://hooks.example.net",
        "wss://*.example.org:8443",
        "http://127.0.0.1:8080",
        "http://169.254.169.254",
        "https://exact.example.com/one",
        "https://dead_1.example.com",
    ]);
    for (url, source, reason) in [
        ("https://api.example.com/v1/users?q#f", API, ALLOWED),
        ("https://API.example.com:443/v1/", API, ALLOWED),
        ("https://api.example.com/v1", API, PATH),
        ("https://api.example.com/v1/../v2/", API, PATH),
        ("https://api.example.com/v1/%2e%2e/v2/", API, PATH),
        ("https://api.example.com/v1/..%2fv2", API, HIDDEN),
        ("https://api.example.com/v1/a%2Fb", API, HIDDEN),
        ("https://api.example.com/v1/a%5cb", API, HIDDEN),
        ("https://api.example.com/v1/..;/v2", API, HIDDEN),
        ("https://api.example.com/v1/%252e%252e/v2", API, HIDDEN),
        ("https://hooks.example.net/a%2Fb", HOOKS, ALLOWED),
        ("https://hooks.example.net.", HOOKS, HOST),
        ("https://hooks.example.net@evil.example/", None, "credentials"),
        ("https://user:pass@hooks.example.net/", None, "credentials"),
        ("https://:pass@hooks.example.net/", None, "credentials"),
        ("https://hooks.example.net\\@evil.example/", HOOKS, ALLOWED),
        ("https://hooks.example.net:8443/", HOOKS, PORT),
        ("http://hooks.example.net/", HOOKS, SCHEME),
        ("wss://hooks.example.net/", HOOKS, SCHEME),
        ("wss://a.b.example.org:8443/", FEED, ALLOWED),
        ("wss://example.org:8443/", FEED, HOST),
        ("ws://a.example.org:8443/", FEED, SCHEME),
        ("http://169.254.169.254/latest/", METADATA, "address"),
        ("http://2852039166/latest/", METADATA, "address"),
        ("http://127.0.0.1:8080/", LOCAL, ALLOWED),
        ("http://127.1:8080/", LOCAL, ALLOWED),
        ("http://127.0.0.1:8081/", LOCAL, PORT),
        ("https://127.0.0.1:8080/", LOCAL, PORT),
        ("https://exact.example.com/one", EXACT, ALLOWED),
        ("https://exact.example.com/one/", EXACT, PATH),
    ] {
        // Paths count on every hop.
        for redirected in [false, true] {
            let answer = guard(json!({ "id": url, "allow": allow, "url": url, "redirected": redirected }));
            let verdict = if reason == ALLOWED { "allow" } else { "block" };
            let directive = if reason == "credentials" { None } else { Some("connect-src") };
            let expected =
                json!({ "id": url, "verdict": verdict, "directive": directive, "source": source, "reason": reason });
            assert_eq!(answer, expected);
        }
    }
}

#[test]
fn lists_of_a_guard() {
    for (allow, page, url, verdict, reason) in [
        (json!([]), None, "https://a.test/", "block", "list is empty"),
        (json!(["'none'"]), None, "https://a.test/", "block", "list is empty"),
        (json!(["https://a.test https://b.test"]), None, "https://a.test/", "block", "list is empty"),
        (json!(["a.test"]), None, "https://a.test/", "block", "no source covers: scheme differs"),
        (json!(["a.test"]), Some("https://page.test"), "https://a.test/", "allow", "allowed by source"),
        (json!(["'self'"]), None, "https://page.test/", "block", "no source covers"),
        (json!(["'self'"]), Some("https://page.test"), "wss://page.test/", "allow", "allowed by source"),
        (json!(["*"]), None, "wss://a.test/", "allow", "allowed by source"),
        (json!(["*"]), None, "file:///etc/passwd", "block", "no source covers: scheme differs"),
        (json!(["http://a.test"]), None, "https://a.test/", "allow", "allowed by source"),
        (json!(["https://a.test/p/", "https://a.test"]), None, "https://a.test/p/%2f", "allow", "allowed by source"),
    ] {
        let answer = guard(json!({ "allow": allow, "self": page, "url": url }));
        assert_eq!((&answer["verdict"], &answer["reason"]), (&verdict.into(), &reason.into()), "{allow} {url}");
    }
}
