//! Decisions of `connect-src` as Chromium makes them.

use csp_core::{Origin, PolicyList, Request, Target, Verdict};
use url::Url;

use Verdict::{Allow, Block};

/// Decides as a page would, with the URL parser that browsers have.
pub(crate) fn decide(policy: &str, self_origin: &str, url: &str, redirected: bool) -> Verdict {
    let url = Url::parse(url).expect("URLs of the table parse");
    let target = Target::new(url.scheme(), url.host_str().unwrap_or_default(), url.port(), url.path());
    let self_origin = Origin::parse(self_origin).expect("origins of the table are canonical");
    let request = Request::new(target).from_origin(&self_origin).redirected(redirected);
    PolicyList::parse(policy).decide_connect(&request).verdict
}

#[track_caller]
fn check(rows: &[(&str, &str, &str, Verdict)]) {
    for (sources, page, url, expected) in rows {
        let found = decide(&format!("connect-src {sources}"), page, url, false);
        assert_eq!(found, *expected, "`{sources}` on {page} for {url}");
    }
}

const HTTP: &str = "http://page.test";
const HTTPS: &str = "https://page.test";

#[test]
fn schemes() {
    check(&[
        ("https://a.test", HTTPS, "wss://a.test/", Block),
        ("http://a.test", HTTP, "ws://a.test/", Block),
        ("a.test", HTTP, "ws://a.test/", Block),
        ("a.test", HTTPS, "wss://a.test/", Block),
        ("wss://a.test", HTTPS, "https://a.test/", Block),
        ("ws://a.test", HTTP, "http://a.test/", Block),
        ("http://a.test", HTTP, "https://a.test/", Allow),
        ("ws://a.test", HTTP, "wss://a.test/", Allow),
        ("https://a.test", HTTPS, "http://a.test/", Block),
        ("wss://a.test", HTTPS, "ws://a.test/", Block),
        ("a.test", HTTP, "https://a.test/", Allow),
        ("a.test", HTTPS, "http://a.test/", Block),
        ("HTTPS://A.test", HTTPS, "https://a.TEST/", Allow),
        ("https:", HTTPS, "https://a.test:8443/", Allow),
        ("http:", HTTP, "https://a.test/", Allow),
        ("ws:", HTTP, "wss://a.test:1/", Allow),
        ("https:", HTTPS, "wss://a.test/", Block),
        ("data:", HTTPS, "data:text/plain,x", Allow),
        ("https:", HTTPS, "data:text/plain,x", Block),
    ]);
}

#[test]
fn stars() {
    check(&[
        ("*", HTTPS, "https://a.test/", Allow),
        ("*", HTTPS, "http://a.test:81/", Allow),
        ("*", HTTPS, "wss://a.test/", Allow),
        ("*", HTTPS, "ws://a.test/", Allow),
        ("*", HTTPS, "data:text/plain,x", Block),
        ("*", HTTPS, "blob:https://page.test/0", Block),
        ("*", HTTPS, "ipc://localhost/", Block),
        ("https://*", HTTPS, "https://a.test/", Allow),
        ("https://*", HTTPS, "https://a.test:8443/", Block),
        ("https://*:*", HTTPS, "https://a.test:8443/", Allow),
        ("https://*", HTTPS, "wss://a.test/", Block),
        ("https://*.a.test", HTTPS, "https://b.a.test/", Allow),
        ("https://*.a.test", HTTPS, "https://c.b.a.test/", Allow),
        ("https://*.a.test", HTTPS, "https://a.test/", Block),
        ("https://*.a.test", HTTPS, "https://ba.test/", Block),
        ("https://*.A.test", HTTPS, "https://b.a.test/", Allow),
    ]);
}

#[test]
fn ports() {
    check(&[
        ("https://a.test", HTTPS, "https://a.test:443/", Allow),
        ("https://a.test:443", HTTPS, "https://a.test/", Allow),
        ("https://a.test", HTTPS, "https://a.test:8443/", Block),
        ("https://a.test:8443", HTTPS, "https://a.test/", Block),
        ("https://a.test:*", HTTPS, "https://a.test:1/", Allow),
        ("http://a.test:8080", HTTP, "https://a.test:8080/", Block),
        ("http://a.test:80", HTTP, "https://a.test/", Allow),
        ("http://a.test:443", HTTP, "https://a.test/", Allow),
        ("ws://a.test:80", HTTP, "wss://a.test/", Allow),
        ("ws://a.test:443", HTTP, "wss://a.test/", Block),
        ("http://a.test", HTTP, "http://a.test:443/", Block),
        ("a.test", HTTP, "http://a.test:443/", Block),
        ("http://a.test", HTTP, "https://a.test:80/", Block),
        ("a.test", HTTP, "https://a.test:80/", Block),
        ("a.test:80", HTTPS, "https://a.test/", Block),
        ("https://a.test:80", HTTPS, "https://a.test/", Block),
        ("http://a.test:*", HTTP, "https://a.test:81/", Allow),
        ("https://a.test:00443", HTTPS, "https://a.test/", Allow),
        ("https://a.test:65536", HTTPS, "https://a.test/", Block),
        ("https://a.test:", HTTPS, "https://a.test/", Block),
    ]);
}

#[test]
fn self_origin() {
    check(&[
        ("'self'", HTTPS, "https://page.test/x", Allow),
        ("'SELF'", HTTPS, "https://page.test/x", Allow),
        ("'self'", HTTPS, "wss://page.test/", Allow),
        ("'self'", HTTPS, "http://page.test/", Block),
        ("'self'", HTTPS, "ws://page.test/", Block),
        ("'self'", HTTPS, "https://page.test:8443/", Block),
        ("'self'", HTTPS, "https://other.test/", Block),
        ("'self'", HTTPS, "blob:https://page.test/0", Block),
        ("'self'", HTTP, "https://page.test/", Allow),
        ("'self'", HTTP, "ws://page.test/", Allow),
        ("'self'", HTTP, "wss://page.test/", Allow),
        ("'self'", HTTP, "https://page.test:80/", Block),
        ("'self'", HTTP, "http://page.test:8080/", Block),
        ("'self'", "http://page.test:8080", "ws://page.test:8080/", Allow),
        ("'self'", "http://page.test:8080", "http://page.test/", Block),
        ("'self'", "https://page.test:8443", "wss://page.test:8443/", Allow),
        ("'self'", "https://page.test:8443", "ws://page.test:8443/", Block),
        ("'self'", "https://page.test:8443", "https://page.test:8444/", Block),
    ]);
}

#[test]
fn addresses() {
    check(&[
        ("http://127.0.0.1", HTTP, "http://127.0.0.1/", Allow),
        ("http://127.0.0.1", HTTP, "http://0x7f.1/", Allow),
        ("http://127.0.0.1", HTTP, "http://2130706433/", Allow),
        ("http://127.1", HTTP, "http://127.0.0.1/", Block),
        ("http://127.0.0.1", HTTP, "http://localhost/", Block),
        ("http://*", HTTP, "http://127.0.0.1/", Allow),
        ("http://*:*", HTTP, "http://127.0.0.1:3000/", Allow),
        ("http:", HTTP, "http://[::1]:3000/", Allow),
        ("http://*:3000", HTTP, "http://[::1]:3000/", Allow),
        ("http://[::1]", HTTP, "http://[::1]/", Block),
        ("http://localhost:*", HTTP, "http://localhost:3000/", Allow),
        ("http://localhost:*", HTTP, "ws://localhost:3000/", Block),
        ("http://localhost", HTTP, "http://app.localhost/", Block),
    ]);
}

#[test]
fn paths() {
    check(&[
        ("https://a.test/", HTTPS, "https://a.test/x", Allow),
        ("https://a.test/v1", HTTPS, "https://a.test/v1", Allow),
        ("https://a.test/v1", HTTPS, "https://a.test/v1?q#f", Allow),
        ("https://a.test/v1", HTTPS, "https://a.test/v1/", Block),
        ("https://a.test/v1/", HTTPS, "https://a.test/v1", Block),
        ("https://a.test/v1/", HTTPS, "https://a.test/v1/users", Allow),
        ("https://a.test/v1/", HTTPS, "https://a.test/v1/../x", Block),
        ("https://a.test/a/b", HTTPS, "https://a.test/a%2Fb", Allow),
        ("https://a.test/a%2Fb", HTTPS, "https://a.test/a/b", Allow),
        ("https://a.test/v1?q", HTTPS, "https://a.test/v1", Allow),
        ("https://a.test/v1#f", HTTPS, "https://a.test/v1", Allow),
        ("https://a.test//v1", HTTPS, "https://a.test//v1", Allow),
        ("https://a.test/%zz", HTTPS, "https://a.test/%zz", Allow),
        ("*/v1", HTTPS, "https://a.test/v1", Allow),
        ("*/v1", HTTPS, "https://a.test/v2", Block),
        ("http://*/", HTTP, "http://a.test/x", Allow),
    ]);
}

/// The whole path is decoded: as UTF-8 if all of it is, else each byte is a character.
#[test]
fn encoded_paths() {
    for (source, path, expected) in [
        ("/%41", "/A", Allow),
        ("/A", "/%41", Allow),
        ("/%42", "/A", Block),
        ("/a%20b", "/a%20c", Block),
        ("/a%20b", "/a%20", Block),
        ("/a%20", "/a%20b", Block),
        ("/a%20/", "/a%20/b", Allow),
        ("/a%2F", "/a/b", Allow),
        ("/%4", "/%4", Allow),
        ("/%4", "/%40", Block),
        ("/%4g", "/%4g", Allow),
        ("/%g4", "/%g4", Allow),
        ("/%C3%A9", "/%c3%a9", Allow),
        ("/%C3%A9", "/%C3%AA", Block),
        ("/%E9", "/%C3%A9", Allow),
        ("/%E9", "/%C3%AA", Block),
        // One broken byte makes the whole path one byte a character.
        ("/%C3%A9/", "/%C3%A9/%FF", Block),
        ("/%C3", "/%C3%83", Allow),
        ("/%C3%28", "/%C3%83(", Allow),
        ("/%80", "/%C2%80", Allow),
        // The first and last characters of each length, and what is no character.
        ("/%C2%80", "/%C3%82%C2%80", Block),
        ("/%DF%BF", "/%C3%9F%C2%BF", Block),
        ("/%E0%A0%80", "/%C3%A0%C2%A0%C2%80", Block),
        ("/%EF%BF%BF", "/%C3%AF%C2%BF%C2%BF", Block),
        ("/%F0%90%80%80", "/%C3%B0%C2%90%C2%80%C2%80", Block),
        ("/%F4%8F%BF%BF", "/%C3%B4%C2%8F%C2%BF%C2%BF", Block),
        ("/%ED%9F%BF", "/%C3%AD%C2%9F%C2%BF", Block),
        ("/%EE%80%80", "/%C3%AE%C2%80%C2%80", Block),
        ("/%C0%AF", "/%C3%80%C2%AF", Allow),
        ("/%C1%BF", "/%C3%81%C2%BF", Allow),
        ("/%E0%9F%BF", "/%C3%A0%C2%9F%C2%BF", Allow),
        ("/%F0%8F%BF%BF", "/%C3%B0%C2%8F%C2%BF%C2%BF", Allow),
        ("/%F4%90%80%80", "/%C3%B4%C2%90%C2%80%C2%80", Allow),
        ("/%F5%80%80%80", "/%C3%B5%C2%80%C2%80%C2%80", Allow),
        ("/%ED%A0%80", "/%C3%AD%C2%A0%C2%80", Allow),
        ("/%ED%BF%BF", "/%C3%AD%C2%BF%C2%BF", Allow),
        // Characters that differ in one place only.
        ("/%C3%A9", "/%C4%A9", Block),
        ("/%E1%88%B4", "/%E1%89%B4", Block),
        ("/%E1%88%B4", "/%E2%88%B4", Block),
        ("/%E1%88%B4", "/%E1%88%B5", Block),
        ("/%F1%88%B4%85", "/%F2%88%B4%85", Block),
        ("/%F1%88%B4%85", "/%F1%89%B4%85", Block),
        ("/%F1%88%B4%85", "/%F1%88%B5%85", Block),
        ("/%F1%88%B4%85", "/%F1%88%B4%86", Block),
    ] {
        let found =
            decide(&format!("connect-src https://a.test{source}"), HTTPS, &format!("https://a.test{path}"), false);
        assert_eq!(found, expected, "{source} for {path}");
    }
}

#[test]
fn hosts_in_unusual_spellings() {
    check(&[
        ("https://a.test.", HTTPS, "https://a.test./", Allow),
        ("https://a.test.", HTTPS, "https://a.test/", Block),
        ("https://a.test", HTTPS, "https://a.test./", Block),
        ("https://-.test", HTTPS, "https://-.test/", Allow),
        ("https://a..test", HTTPS, "https://a..test/", Block),
        ("https://a_b.test", HTTPS, "https://a_b.test/", Block),
        ("https://u@a.test", HTTPS, "https://a.test/", Block),
        ("https://a.test", HTTPS, "https://u:p@a.test/", Allow),
        ("https://a.test", HTTPS, "https://a.test\t/", Allow),
        ("https://a.test", HTTPS, "https:\\\\a.test\\x", Allow),
        ("https://xn--bcher-kva.test", HTTPS, "https://bücher.test/", Allow),
        ("https://a.test", HTTPS, "https://ａ.test/", Allow),
        ("https://a.test", HTTPS, "https://%61.test/", Allow),
    ]);
}

#[test]
fn redirects_ignore_the_path_only() {
    for (sources, url, expected) in [
        ("https://a.test/v1/", "https://a.test/other", Allow),
        ("https://a.test/v1", "https://a.test/other", Allow),
        ("https://a.test/v1/", "https://b.test/v1/", Block),
        ("https://a.test/v1/", "https://a.test:444/v1/", Block),
    ] {
        assert_eq!(decide(&format!("connect-src {sources}"), HTTPS, url, true), expected, "{sources} to {url}");
    }
}

#[test]
fn lists_and_fallback() {
    for (policy, expected) in [
        ("connect-src", Block),
        ("connect-src 'none'", Block),
        ("connect-src 'NONE'", Block),
        ("connect-src 'none' https://a.test", Allow),
        ("connect-src 'unsafe-inline' 'nonce-abc' https://b.test", Block),
        ("connect-src garbage_ https://a.test", Allow),
        ("default-src https://a.test", Allow),
        ("default-src 'none'", Block),
        ("default-src https://a.test; connect-src", Block),
        ("default-src 'none'; connect-src https://a.test", Allow),
        ("img-src 'none'", Allow),
        ("", Allow),
        ("connect-src https://a.test; connect-src 'none'", Allow),
        ("connect-src 'none'; connect-src https://a.test", Block),
        ("CONNECT-SRC https://b.test", Block),
        ("connect_src 'none'", Allow),
        ("connect-src: 'none'", Allow),
        ("connect-src https://a.test, connect-src https://b.test", Block),
        ("connect-src https://a.test, default-src https://a.test", Allow),
        ("img-src 'none', connect-src 'none'", Block),
        ("connect-src \u{c}\t https://a.test", Allow),
        (";;connect-src 'none';", Block),
        // Non-ASCII drops the directive: it fails open.
        ("connect-src https://é.test", Allow),
        ("connect-src https://é.test; default-src 'none'", Block),
    ] {
        assert_eq!(decide(policy, HTTPS, "https://a.test/", false), expected, "{policy}");
    }
}

#[test]
fn the_policy_that_decides() {
    let target = Target::canonical("https://a.test/").expect("canonical");
    for (header, verdict, policy, directive) in [
        ("img-src 'none', connect-src 'none'", Block, 1, Some("connect-src 'none'")),
        ("connect-src https://a.test, default-src *", Allow, 0, Some("connect-src https://a.test")),
        ("img-src 'none', default-src *", Allow, 1, Some("default-src *")),
        ("img-src 'none'", Allow, 0, None),
    ] {
        let policies = PolicyList::parse(header);
        let decision = policies.decide_connect(&Request::new(target));
        let found = decision.directive.map(ToString::to_string);
        assert_eq!((decision.verdict, decision.policy, found.as_deref()), (verdict, policy, directive), "{header}");
    }
}

#[test]
fn report_only_never_blocks() {
    let mut policies = PolicyList::parse("connect-src 'none'");
    policies.policies[0].disposition = csp_core::Disposition::Report;
    let target = Target::canonical("https://a.test/").expect("canonical");
    assert_eq!(policies.decide_connect(&Request::new(target)).verdict, Allow);
}
