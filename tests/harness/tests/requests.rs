//! What pages request, over all four schemes, and what their policy makes of it.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::path::Path;

use csp_harness::{Browser, Page, Request, Response, Server, require_chromium};
use serde_json::json;

/// Tries each URL with what its scheme and path ask for; gives, per URL, whether it was allowed, and the violations.
const PROBE: &str = r"
async urls => {
    const violations = [];
    document.addEventListener('securitypolicyviolation', event =>
        violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.disposition}`));
    const settled = (target, good) => new Promise(resolve => {
        target.addEventListener(good, () => { resolve(true); target.close(); });
        target.addEventListener('error', () => { resolve(false); target.close(); });
    });
    const attempt = async url => {
        if (url.startsWith('ws')) return settled(new WebSocket(url), 'open');
        if (url.endsWith('/events')) return settled(new EventSource(url), 'message');
        try { return await (await fetch(url)).text() === 'data'; } catch { return false; }
    };
    const allowed = await Promise.all(urls.map(attempt));
    await new Promise(resolve => setTimeout(resolve, 50));
    return { allowed, violations: violations.sort() };
}";

struct Setup {
    server: Server,
    browser: Browser,
}

/// A browser for which every host leads to a server that answers `page.test` with `page`, other hosts with data.
fn setup(chromium: &Path, page: impl Fn() -> Response + Send + Sync + 'static) -> Setup {
    let server = Server::start_tls(move |request| match (request.host(), request.path()) {
        ("page.test", "/") => page(),
        ("page.test", "/away") => Response::redirect(302, "/").header("X-Hop", "first"),
        _ => data(request),
    });
    let browser = Browser::launch_for(chromium, &server, &[]).unwrap();
    Setup { server, browser }
}

fn data(request: &Request) -> Response {
    if let Some(response) = Response::preflight(request) {
        return response;
    }
    match request.path() {
        "/events" => Response::event_stream("data: hi\n\n").cors(),
        "/socket" => Response::websocket(),
        "/data" => Response::text("data").cors(),
        _ => Response::not_found(),
    }
}

fn probe(page: &mut Page, urls: &[&str]) -> serde_json::Value {
    page.evaluate(&format!("({PROBE})({})", json!(urls))).unwrap()
}

#[test]
fn connect_src_decides_about_http_and_ws() {
    let Some(chromium) = require_chromium("connect_src_decides_about_http_and_ws") else {
        return;
    };
    let policy = "connect-src http://api.test:8080 ws://api.test";
    let Setup { server, browser } =
        setup(&chromium, move || Response::html("hi").header("Content-Security-Policy", policy));
    let mut page = browser.page().unwrap();
    page.navigate("http://page.test/").unwrap();
    assert_eq!(page.response_head("http://page.test/").unwrap().values("content-security-policy"), [policy]);

    let outcome = probe(
        &mut page,
        &[
            "http://api.test:8080/data",
            "http://api.test:8080/events",
            "ws://api.test/socket",
            "http://other.test/data",
            "http://other.test/events",
            "ws://other.test/socket",
        ],
    );
    assert_eq!(
        outcome,
        json!({
            "allowed": [true, true, true, false, false, false],
            "violations": [
                "connect-src http://other.test/data enforce",
                "connect-src http://other.test/events enforce",
                "connect-src ws://other.test/socket enforce",
            ],
        })
    );
    let mut urls = server.urls();
    urls.retain(|url| !url.ends_with("/favicon.ico"));
    urls.sort();
    assert_eq!(
        urls,
        ["http://api.test:8080/data", "http://api.test:8080/events", "http://page.test/", "ws://api.test/socket"]
    );
}

#[test]
fn connect_src_decides_about_https_and_wss() {
    let Some(chromium) = require_chromium("connect_src_decides_about_https_and_wss") else {
        return;
    };
    let policy = "connect-src https://api.test wss://api.test:444";
    let Setup { server, browser } =
        setup(&chromium, move || Response::html("hi").header("Content-Security-Policy", policy));
    let mut page = browser.page().unwrap();
    page.navigate("https://page.test/").unwrap();

    let outcome = probe(
        &mut page,
        &[
            "https://api.test/data",
            "https://api.test/events",
            "wss://api.test:444/socket",
            "https://other.test/data",
            "wss://api.test/socket",
        ],
    );
    assert_eq!(
        outcome,
        json!({
            "allowed": [true, true, true, false, false],
            "violations": [
                "connect-src https://other.test/data enforce",
                "connect-src wss://api.test/socket enforce",
            ],
        })
    );
    assert!(server.requests().iter().all(|request| request.secure), "{:?}", server.urls());
    assert!(server.urls().contains(&"wss://api.test:444/socket".to_owned()), "{:?}", server.urls());
}

#[test]
fn http_pages_reach_https_hosts_and_preflights_pass() {
    let Some(chromium) = require_chromium("http_pages_reach_https_hosts_and_preflights_pass") else {
        return;
    };
    let Setup { server, browser } = setup(&chromium, || Response::html("hi"));
    let mut page = browser.page().unwrap();
    page.navigate("http://page.test/").unwrap();
    assert_eq!(page.evaluate("location.href").unwrap(), "http://page.test/");

    let urls = ["https://api.test/data", "http://127.0.0.1/data", "http://localhost:81/data", "ws://localhost/socket"];
    assert_eq!(probe(&mut page, &urls), json!({ "allowed": [true, true, true, true], "violations": [] }));
    server.clear();
    let put = "fetch('http://api.test/data', { method: 'PUT', headers: { 'X-A': 'b' }, body: 'sent' })
        .then(response => response.status)";
    assert_eq!(page.evaluate(put).unwrap(), 200);
    let requests = server.requests();
    let methods: Vec<_> = requests.iter().map(|request| request.method.as_str()).collect();
    assert_eq!(methods, ["OPTIONS", "PUT"]);
    assert_eq!((requests[1].header("x-a"), &requests[1].body[..]), (Some("b"), &b"sent"[..]));
    assert_eq!(server.hits(), 2);
}

#[test]
fn websockets_echo_and_close() {
    let Some(chromium) = require_chromium("websockets_echo_and_close") else {
        return;
    };
    let setup = setup(&chromium, || Response::html("hi"));
    let mut page = setup.browser.page().unwrap();
    page.navigate("https://page.test/").unwrap();
    let talk = "new Promise((resolve, reject) => {
        const socket = new WebSocket('wss://api.test/socket', ['one', 'two']);
        const heard = [];
        socket.onopen = () => { heard.push(socket.protocol); socket.send('hi'); };
        socket.onmessage = event => { heard.push(event.data); socket.close(1000); };
        socket.onclose = event => resolve([...heard, event.code, event.wasClean]);
    })";
    assert_eq!(page.evaluate(talk).unwrap(), json!(["one", "hi", 1000, true]));
}

#[test]
fn headers_arrive_byte_for_byte() {
    let Some(chromium) = require_chromium("headers_arrive_byte_for_byte") else {
        return;
    };
    let setup = setup(&chromium, || {
        Response::html("hi")
            .header("Content-Security-Policy", b"connect-src\x0c'none'")
            .header("Content-Security-Policy", b"img-src \xff")
            .header("X-Latin", b"caf\xe9")
            .header("X-Utf", "caf\u{e9}")
    });
    let mut page = setup.browser.page().unwrap();
    page.navigate("http://page.test/away").unwrap();

    let hop = page.response_head("http://page.test/away").unwrap();
    assert_eq!((hop.status, hop.values("x-hop")), (302, vec!["first"]));
    let head = page.response_head("http://page.test/").unwrap();
    assert_eq!(head.status, 200);
    assert_eq!(head.values("content-security-policy"), ["connect-src\u{c}'none'", "img-src \u{ff}"]);
    assert_eq!((head.values("X-Latin"), head.values("X-Utf")), (vec!["caf\u{e9}"], vec!["caf\u{c3}\u{a9}"]));
    let outcome = probe(&mut page, &["http://page.test/data"]);
    assert_eq!(outcome, json!({ "allowed": [false], "violations": ["connect-src http://page.test/data enforce"] }));
}

#[test]
fn requests_go_where_their_urls_say() {
    let Some(chromium) = require_chromium("requests_go_where_their_urls_say") else {
        return;
    };
    let Setup { server, browser } = setup(&chromium, || Response::html("hi"));
    let mut page = browser.page().unwrap();
    // A public name, and a page without an address.
    for url in ["http://page.example.com/data", "data:text/html,hi"] {
        page.navigate(url).unwrap();
        assert_eq!(page.evaluate("location.href").unwrap(), url);
        let outcome = probe(&mut page, &["http://api.example.com/data"]);
        assert_eq!(outcome, json!({ "allowed": [true], "violations": [] }), "{url}");
    }
    assert!(server.requests().iter().all(|request| !request.secure), "{:?}", server.urls());
}
