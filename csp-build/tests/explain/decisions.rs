//! What a browser decides, for every row of the table of measured decisions, and by what.

use serde_json::json;

use crate::{ask, decisions};

const HTTP: &str = "http://page.test";
const HTTPS: &str = "https://page.test";

/// One source, the page, the URL, and what becomes of it: `allowed`, `dead` where the source matches nothing, or the part
/// that differs.
#[track_caller]
fn check(rows: &[(&str, &str, &str, &str)]) {
    let questions = rows.iter().map(|(source, page, url, _)| {
        json!({ "id": [source, url], "policy": format!("connect-src {source}"), "self": page, "url": url })
    });
    let answers = decisions(questions);
    for (answer, (source, _, url, expected)) in answers.iter().zip(rows) {
        let (verdict, named, reason) = match *expected {
            "allowed" => ("allow", Some(source), "allowed by source".to_owned()),
            "dead" => ("block", None, "list is empty".to_owned()),
            part => ("block", Some(source), format!("no source covers: {part} differs")),
        };
        let expected = json!({
            "id": [source, url], "verdict": verdict, "directive": "connect-src", "source": named, "reason": reason,
        });
        assert_eq!(*answer, expected);
    }
}

#[test]
fn schemes() {
    check(&[
        ("https://a.test", HTTPS, "wss://a.test/", "scheme"),
        ("http://a.test", HTTP, "ws://a.test/", "scheme"),
        ("a.test", HTTP, "ws://a.test/", "scheme"),
        ("a.test", HTTPS, "wss://a.test/", "scheme"),
        ("wss://a.test", HTTPS, "https://a.test/", "scheme"),
        ("ws://a.test", HTTP, "http://a.test/", "scheme"),
        ("http://a.test", HTTP, "https://a.test/", "allowed"),
        ("ws://a.test", HTTP, "wss://a.test/", "allowed"),
        ("https://a.test", HTTPS, "http://a.test/", "scheme"),
        ("wss://a.test", HTTPS, "ws://a.test/", "scheme"),
        ("a.test", HTTP, "https://a.test/", "allowed"),
        ("a.test", HTTPS, "http://a.test/", "scheme"),
        ("HTTPS://A.test", HTTPS, "https://a.TEST/", "allowed"),
        ("https:", HTTPS, "https://a.test:8443/", "allowed"),
        ("http:", HTTP, "https://a.test/", "allowed"),
        ("ws:", HTTP, "wss://a.test:1/", "allowed"),
        ("https:", HTTPS, "wss://a.test/", "scheme"),
        ("data:", HTTPS, "data:text/plain,x", "allowed"),
        ("https:", HTTPS, "data:text/plain,x", "scheme"),
    ]);
}

#[test]
fn stars() {
    check(&[
        ("*", HTTPS, "https://a.test/", "allowed"),
        ("*", HTTPS, "http://a.test:81/", "allowed"),
        ("*", HTTPS, "wss://a.test/", "allowed"),
        ("*", HTTPS, "ws://a.test/", "allowed"),
        ("*", HTTPS, "data:text/plain,x", "scheme"),
        ("*", HTTPS, "blob:https://page.test/0", "scheme"),
        ("*", HTTPS, "ipc://localhost/", "scheme"),
        ("https://*", HTTPS, "https://a.test/", "allowed"),
        ("https://*", HTTPS, "https://a.test:8443/", "port"),
        ("https://*:*", HTTPS, "https://a.test:8443/", "allowed"),
        ("https://*", HTTPS, "wss://a.test/", "scheme"),
        ("https://*.a.test", HTTPS, "https://b.a.test/", "allowed"),
        ("https://*.a.test", HTTPS, "https://c.b.a.test/", "allowed"),
        ("https://*.a.test", HTTPS, "https://a.test/", "host"),
        ("https://*.a.test", HTTPS, "https://ba.test/", "host"),
        ("https://*.A.test", HTTPS, "https://b.a.test/", "allowed"),
    ]);
}

#[test]
fn ports() {
    check(&[
        ("https://a.test", HTTPS, "https://a.test:443/", "allowed"),
        ("https://a.test:443", HTTPS, "https://a.test/", "allowed"),
        ("https://a.test", HTTPS, "https://a.test:8443/", "port"),
        ("https://a.test:8443", HTTPS, "https://a.test/", "port"),
        ("https://a.test:*", HTTPS, "https://a.test:1/", "allowed"),
        ("http://a.test:8080", HTTP, "https://a.test:8080/", "port"),
        ("http://a.test:80", HTTP, "https://a.test/", "allowed"),
        ("http://a.test:443", HTTP, "https://a.test/", "allowed"),
        ("ws://a.test:80", HTTP, "wss://a.test/", "allowed"),
        ("ws://a.test:443", HTTP, "wss://a.test/", "port"),
        ("http://a.test", HTTP, "http://a.test:443/", "port"),
        ("a.test", HTTP, "http://a.test:443/", "port"),
        ("http://a.test", HTTP, "https://a.test:80/", "port"),
        ("a.test", HTTP, "https://a.test:80/", "port"),
        ("a.test:80", HTTPS, "https://a.test/", "port"),
        ("https://a.test:80", HTTPS, "https://a.test/", "port"),
        ("http://a.test:*", HTTP, "https://a.test:81/", "allowed"),
        ("https://a.test:00443", HTTPS, "https://a.test/", "allowed"),
        ("https://a.test:65536", HTTPS, "https://a.test/", "dead"),
        ("https://a.test:", HTTPS, "https://a.test/", "dead"),
    ]);
}

#[test]
fn self_origin() {
    check(&[
        ("'self'", HTTPS, "https://page.test/x", "allowed"),
        ("'SELF'", HTTPS, "https://page.test/x", "allowed"),
        ("'self'", HTTPS, "wss://page.test/", "allowed"),
        ("'self'", HTTPS, "http://page.test/", "scheme"),
        ("'self'", HTTPS, "ws://page.test/", "scheme"),
        ("'self'", HTTPS, "https://page.test:8443/", "port"),
        ("'self'", HTTPS, "https://other.test/", "host"),
        ("'self'", HTTPS, "blob:https://page.test/0", "host"),
        ("'self'", HTTP, "https://page.test/", "allowed"),
        ("'self'", HTTP, "ws://page.test/", "allowed"),
        ("'self'", HTTP, "wss://page.test/", "allowed"),
        ("'self'", HTTP, "https://page.test:80/", "port"),
        ("'self'", HTTP, "http://page.test:8080/", "port"),
        ("'self'", "http://page.test:8080", "ws://page.test:8080/", "allowed"),
        ("'self'", "http://page.test:8080", "http://page.test/", "port"),
        ("'self'", "https://page.test:8443", "wss://page.test:8443/", "allowed"),
        ("'self'", "https://page.test:8443", "ws://page.test:8443/", "scheme"),
    ]);
}

#[test]
fn addresses() {
    check(&[
        ("http://127.0.0.1", HTTP, "http://127.0.0.1/", "allowed"),
        ("http://127.0.0.1", HTTP, "http://0x7f.1/", "allowed"),
        ("http://127.0.0.1", HTTP, "http://2130706433/", "allowed"),
        ("http://127.1", HTTP, "http://127.0.0.1/", "host"),
        ("http://127.0.0.1", HTTP, "http://localhost/", "host"),
        ("http://*", HTTP, "http://127.0.0.1/", "allowed"),
        ("http://*:*", HTTP, "http://127.0.0.1:3000/", "allowed"),
        ("http:", HTTP, "http://[::1]:3000/", "allowed"),
        ("http://*:3000", HTTP, "http://[::1]:3000/", "allowed"),
        ("http://[::1]", HTTP, "http://[::1]/", "dead"),
        ("http://localhost:*", HTTP, "http://localhost:3000/", "allowed"),
        ("http://localhost:*", HTTP, "ws://localhost:3000/", "scheme"),
        ("http://localhost", HTTP, "http://app.localhost/", "host"),
    ]);
}

#[test]
fn paths() {
    check(&[
        ("https://a.test/", HTTPS, "https://a.test/x", "allowed"),
        ("https://a.test/v1", HTTPS, "https://a.test/v1", "allowed"),
        ("https://a.test/v1", HTTPS, "https://a.test/v1?q#f", "allowed"),
        ("https://a.test/v1", HTTPS, "https://a.test/v1/", "path"),
        ("https://a.test/v1/", HTTPS, "https://a.test/v1", "path"),
        ("https://a.test/v1/", HTTPS, "https://a.test/v1/users", "allowed"),
        ("https://a.test/v1/", HTTPS, "https://a.test/v1/../x", "path"),
        ("https://a.test/a/b", HTTPS, "https://a.test/a%2Fb", "allowed"),
        ("https://a.test/a%2Fb", HTTPS, "https://a.test/a/b", "allowed"),
        ("https://a.test/v1?q", HTTPS, "https://a.test/v1", "allowed"),
        ("https://a.test/v1#f", HTTPS, "https://a.test/v1", "allowed"),
        ("https://a.test//v1", HTTPS, "https://a.test//v1", "allowed"),
        ("https://a.test/%zz", HTTPS, "https://a.test/%zz", "allowed"),
        ("*/v1", HTTPS, "https://a.test/v1", "allowed"),
        ("*/v1", HTTPS, "https://a.test/v2", "path"),
        ("http://*/", HTTP, "http://a.test/x", "allowed"),
    ]);
}

#[test]
fn hosts_in_unusual_spellings() {
    check(&[
        ("https://a.test.", HTTPS, "https://a.test./", "allowed"),
        ("https://a.test.", HTTPS, "https://a.test/", "host"),
        ("https://a.test", HTTPS, "https://a.test./", "host"),
        ("https://a_b.test", HTTPS, "https://a_b.test/", "dead"),
        ("https://u@a.test", HTTPS, "https://a.test/", "dead"),
        ("https://a.test", HTTPS, "https://u:p@a.test/", "allowed"),
        ("https://a.test", HTTPS, "https://a.test\t/", "allowed"),
        ("https://a.test", HTTPS, "https:\\\\a.test\\x", "allowed"),
        ("https://xn--bcher-kva.test", HTTPS, "https://bücher.test/", "allowed"),
        ("https://a.test", HTTPS, "https://ａ.test/", "allowed"),
        ("https://a.test", HTTPS, "https://%61.test/", "allowed"),
    ]);
}

#[test]
fn redirects_ignore_the_path_only() {
    for (source, url, verdict, reason) in [
        ("https://a.test/v1/", "https://a.test/other", "allow", "allowed by source"),
        ("https://a.test/v1", "https://a.test/other", "allow", "allowed by source"),
        ("https://a.test/v1/", "https://b.test/v1/", "block", "no source covers: host differs"),
        ("https://a.test/v1/", "https://a.test:444/v1/", "block", "no source covers: port differs"),
    ] {
        let question = json!({ "policy": format!("connect-src {source}"), "url": url, "redirected": true });
        let answer = ask(&question);
        assert_eq!((&answer["verdict"], &answer["reason"]), (&verdict.into(), &reason.into()), "{source} to {url}");
        assert_eq!(answer["source"], source);
    }
}

#[test]
fn lists_and_fallback() {
    const FREE: &str = "no directive restricts connections";
    const BY_SOURCE: &str = "allowed by source";
    const EMPTY: &str = "list is empty";
    const HOST: &str = "no source covers: host differs";
    const NONE: Option<&str> = None;
    const A: Option<&str> = Some("https://a.test");
    const B: Option<&str> = Some("https://b.test");
    const CONNECT: Option<&str> = Some("connect-src");
    const DEFAULT: Option<&str> = Some("default-src");

    for (policy, verdict, directive, source, reason) in [
        ("connect-src", "block", CONNECT, NONE, EMPTY),
        ("connect-src 'none'", "block", CONNECT, NONE, EMPTY),
        ("connect-src 'NONE'", "block", CONNECT, NONE, EMPTY),
        ("connect-src 'none' https://a.test", "allow", CONNECT, A, BY_SOURCE),
        ("connect-src 'unsafe-inline' 'nonce-abc' https://b.test", "block", CONNECT, B, HOST),
        ("connect-src 'unsafe-inline' 'nonce-abc'", "block", CONNECT, NONE, "no source covers"),
        ("connect-src garbage_ https://a.test", "allow", CONNECT, A, BY_SOURCE),
        ("default-src https://a.test", "allow", DEFAULT, A, BY_SOURCE),
        ("default-src 'none'", "block", DEFAULT, NONE, EMPTY),
        ("default-src https://a.test; connect-src", "block", CONNECT, NONE, EMPTY),
        ("default-src 'none'; connect-src https://a.test", "allow", CONNECT, A, BY_SOURCE),
        ("img-src 'none'", "allow", NONE, NONE, FREE),
        ("", "allow", NONE, NONE, FREE),
        ("connect-src https://a.test; connect-src 'none'", "allow", CONNECT, A, BY_SOURCE),
        ("connect-src 'none'; connect-src https://a.test", "block", CONNECT, NONE, EMPTY),
        ("CONNECT-SRC https://b.test", "block", CONNECT, B, HOST),
        ("connect_src 'none'", "allow", NONE, NONE, FREE),
        ("connect-src: 'none'", "allow", NONE, NONE, FREE),
        ("connect-src https://a.test, connect-src https://b.test", "block", CONNECT, B, HOST),
        ("connect-src https://a.test, default-src https://a.test", "allow", CONNECT, A, BY_SOURCE),
        ("img-src 'none', connect-src 'none'", "block", CONNECT, NONE, EMPTY),
        ("connect-src \u{c}\t https://a.test", "allow", CONNECT, A, BY_SOURCE),
        (";;connect-src 'none';", "block", CONNECT, NONE, EMPTY),
        // Non-ASCII drops the directive: it fails open.
        ("connect-src https://é.test", "allow", NONE, NONE, FREE),
        ("connect-src https://é.test; connect-src https://a.test", "allow", CONNECT, A, BY_SOURCE),
        ("connect-src https://é.test; default-src 'none'", "block", DEFAULT, NONE, EMPTY),
    ] {
        let answer = ask(&json!({ "policy": policy, "self": HTTPS, "url": "https://a.test/" }));
        let expected =
            json!({ "id": null, "verdict": verdict, "directive": directive, "source": source, "reason": reason });
        assert_eq!(answer, expected, "{policy}");
    }
}

#[test]
fn several_headers() {
    let url = "https://a.test/";
    for (policies, verdict, source) in [
        (json!([]), "allow", None),
        (json!(["connect-src https://a.test", "img-src *"]), "allow", Some("https://a.test")),
        (json!(["connect-src https://a.test", "connect-src https://b.test"]), "block", Some("https://b.test")),
        (json!(["img-src *,connect-src https://a.test", "default-src 'none'"]), "block", None),
    ] {
        let answer = ask(&json!({ "policy": policies, "url": url }));
        assert_eq!((&answer["verdict"], &answer["source"]), (&verdict.into(), &source.into()), "{policies}");
    }
}

#[test]
fn deliveries() {
    for (delivery, verdict, reason) in [
        ("header", "block", "no source covers: host differs"),
        ("meta", "block", "no source covers: host differs"),
        ("report-only", "allow", "report-only: no source covers: host differs"),
    ] {
        let question = json!({ "policy": "connect-src https://b.test", "url": "https://a.test", "delivery": delivery });
        let answer = ask(&question);
        let expected = json!({
            "id": null, "verdict": verdict, "directive": "connect-src", "source": "https://b.test", "reason": reason,
        });
        assert_eq!(answer, expected);
    }
    let covered = json!({ "policy": "connect-src *", "url": "https://a.test", "delivery": "report-only" });
    assert_eq!(ask(&covered)["reason"], "allowed by source");
    let empty = json!({ "policy": "connect-src", "url": "https://a.test", "delivery": "report-only" });
    assert_eq!(ask(&empty)["reason"], "report-only: list is empty");
}

#[test]
fn the_page_in_other_spellings() {
    for (page, verdict) in [
        (json!("https://page.test"), "allow"),
        (json!("HTTPS://PAGE.test:443/"), "allow"),
        (json!("https://page.test/cart?x"), "allow"),
        (json!("http://page.test"), "allow"),
        (json!("https://page.test:8443"), "block"),
        (json!("null"), "block"),
        (json!(null), "block"),
    ] {
        for source in ["'self'", "page.test"] {
            let question =
                json!({ "policy": format!("connect-src {source}"), "self": page, "url": "https://page.test/x" });
            // A source without a scheme takes the page's scheme and no port.
            let expected = if source == "page.test" && page == "https://page.test:8443" { "allow" } else { verdict };
            assert_eq!(ask(&question)["verdict"], expected, "{source} on {page}");
        }
    }
}
