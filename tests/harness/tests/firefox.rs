//! Drives the real Firefox: every scheme and host, script, failures.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use csp_harness::{ErrorKind, Firefox, Response, Server, require_firefox};
use serde_json::json;

/// Tries each URL; gives whether it was answered, and what a policy blocked.
const PROBE: &str = r"
async urls => {
    const violations = [];
    document.addEventListener('securitypolicyviolation', event =>
        violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
    const connected = url => new Promise(resolve => {
        const socket = new WebSocket(url);
        socket.onopen = () => { resolve(true); socket.close(); };
        socket.onerror = () => resolve(false);
    });
    // The constructor of a blocked WebSocket throws.
    const attempt = async url => {
        try { return url.startsWith('ws') ? await connected(url) : (await fetch(url)).ok; } catch { return false; }
    };
    const allowed = await Promise.all(urls.map(attempt));
    await new Promise(resolve => setTimeout(resolve, 100));
    return { allowed, violations: violations.sort() };
}";

fn serve(policy: &'static str) -> Server {
    Server::start_tls(move |request| match (request.path(), request.is_websocket()) {
        ("/page", _) => Response::html("hi").header("Content-Security-Policy", policy),
        (_, true) => Response::websocket(),
        _ => Response::text("data").cors(),
    })
}

#[test]
fn every_host_and_scheme_leads_to_the_server() {
    let Some(program) = require_firefox("every_host_and_scheme_leads_to_the_server") else {
        return;
    };
    let server = serve("default-src *; script-src 'none'");
    let firefox = Firefox::launch_for(&program, &server).unwrap();
    let hosts = ["api.test", "api.example.com", "localhost", "127.0.0.1:8080", "10.0.0.1", "[::1]:3000"];
    let mut urls: Vec<_> = ["http", "https", "ws", "wss"]
        .into_iter()
        .flat_map(|scheme| hosts.map(|host| format!("{scheme}://{host}/data")))
        .collect();
    // Mixed content is no reason to block either.
    for origin in ["http://page.test", "https://page.test", "http://127.0.0.1:8080"] {
        let mut page = firefox.page().unwrap();
        page.navigate(&format!("{origin}/page")).unwrap();
        assert_eq!(page.evaluate("location.origin").unwrap(), origin);
        server.clear();
        let outcome = page.evaluate(&format!("({PROBE})({})", json!(urls))).unwrap();
        assert_eq!(outcome, json!({ "allowed": vec![true; urls.len()], "violations": [] }), "{origin}");
        let mut reached = server.urls();
        reached.retain(|url| url.ends_with("/data"));
        reached.sort();
        urls.sort();
        assert_eq!(reached, urls);
        page.close().unwrap();
    }
    let strangers: Vec<_> = server.urls().into_iter().filter(|url| !url.ends_with("/data")).collect();
    assert_eq!(strangers, [""; 0], "requests of the browser's own");
}

#[test]
fn policies_block() {
    let Some(program) = require_firefox("policies_block") else {
        return;
    };
    let server = serve("connect-src https://api.test ws://api.test");
    let firefox = Firefox::launch_for(&program, &server).unwrap();
    let mut page = firefox.page().unwrap();
    page.navigate("http://page.test/page").unwrap();
    let urls = [
        "https://api.test/",
        "ws://api.test/",
        "wss://api.test/",
        "http://api.test/",
        "wss://other.test/",
        "http://x.test/",
    ];
    let outcome = page.evaluate(&format!("({PROBE})({})", json!(urls))).unwrap();
    assert_eq!(
        outcome,
        json!({
            "allowed": [true, true, true, false, false, false],
            "violations": ["connect-src http://api.test/", "connect-src http://x.test/", "connect-src wss://other.test/"],
        })
    );
}

#[test]
fn failures_are_told_apart() {
    let Some(program) = require_firefox("failures_are_told_apart") else {
        return;
    };
    // It knows no TLS.
    let server = Server::start(|_| Response::html("hi"));
    let firefox = Firefox::launch_for(&program, &server).unwrap();
    let mut page = firefox.page().unwrap();
    page.navigate("http://page.test/").unwrap();
    assert_eq!(page.evaluate("undefined").unwrap(), json!(null));
    assert_eq!(page.evaluate("({ a: [1] }) // a comment").unwrap(), json!({ "a": [1] }));

    let thrown = page.evaluate("null.x").unwrap_err();
    assert_eq!(thrown.kind(), ErrorKind::Exception);
    assert!(thrown.to_string().contains("TypeError"), "{thrown}");
    let refused = page.navigate("https://page.test/").unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Navigation, "{refused}");
    firefox.set_timeout(Duration::from_millis(300));
    let silent = page.evaluate("new Promise(() => {})").unwrap_err();
    assert_eq!(silent.kind(), ErrorKind::Timeout, "{silent}");
    let error = Firefox::launch_for(Path::new("/bin/false"), &server).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Launch, "{error}");

    let process = PathBuf::from(format!("/proc/{}", firefox.process_id()));
    let known = process.exists();
    drop(firefox);
    // Elsewhere than on Linux there is nothing to look at.
    assert!(!known || !process.exists());
}
