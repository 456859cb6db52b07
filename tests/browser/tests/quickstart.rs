//! The quickstart, as a user runs it, in Chromium: what its page may call, and what the browser stops.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::path::Path;

use csp_browser_tests::{Example, Probe, answer, assert_same, calls, probe, urls_of_calls};
use csp_harness::{Browser, Page, Server, require_chromium};
use serde_json::{Value, json};

/// The declaration's header in this build.
const HEADER: &str = if cfg!(debug_assertions) {
    "connect-src 'self' https://api.example.com wss://ws.example.com https://stream.example.com \
     http://localhost:* ws://localhost:*"
} else {
    "connect-src 'self' https://api.example.com wss://ws.example.com https://stream.example.com"
};

/// What the page shows once it has every verdict.
const SHOWN: &str = r##"
(async () => {
    const deadline = performance.now() + 10000;
    while (document.documentElement.dataset.done !== "true" && performance.now() < deadline) {
        await new Promise(resolve => setTimeout(resolve, 20));
    }
    return {
        done: document.documentElement.dataset.done,
        rows: [...document.querySelectorAll("[data-url]")].map(({ dataset, innerText }) => ({ ...dataset, innerText })),
        sources: [...document.querySelectorAll("#sources li")].map(source => source.innerText),
        status: document.querySelector("[role=status]").innerText,
    };
})()"##;

/// The example, and a browser that shows its page.
struct Setup {
    example: Example,
    page: Page,
    _browser: Browser,
}

impl Setup {
    /// Every host but 127.0.0.1, where the example listens, leads to `destination`.
    fn new(chromium: &Path, destination: &str) -> Self {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let example = Example::start("quickstart", target).unwrap();
        let rules = format!(
            "--host-resolver-rules=MAP *.google.com ^NOTFOUND,MAP *.googleapis.com ^NOTFOUND,\
             MAP * {destination},EXCLUDE 127.0.0.1"
        );
        let browser = Browser::launch(chromium, &[&rules, "--ignore-certificate-errors"]).unwrap();
        let mut page = browser.page().unwrap();
        page.navigate(&format!("{}/", example.origin())).unwrap();
        Self { example, page, _browser: browser }
    }

    /// Every host but 127.0.0.1 leads to the server.
    fn online(chromium: &Path, server: &Server) -> Self {
        Self::new(chromium, &server.address().to_string())
    }

    fn shown(&mut self) -> Value {
        let shown = self.page.evaluate(SHOWN).unwrap();
        assert_eq!(shown["done"], "true");
        shown
    }
}

/// A row of the page.
#[derive(Debug)]
struct Row {
    kind: String,
    url: String,
    verdict: String,
    text: String,
    /// Directive and blocked URL of the violation.
    violation: Option<[String; 2]>,
}

fn rows(shown: &Value) -> Vec<Row> {
    let row = |row: &Value| {
        let value = |key: &str| row[key].as_str().map(str::to_owned);
        let text = |key| value(key).unwrap_or_default();
        Row {
            kind: text("kind"),
            url: text("url"),
            verdict: text("verdict"),
            text: text("innerText"),
            violation: value("directive").zip(value("blockedUri")).map(<[String; 2]>::from),
        }
    };
    shown["rows"].as_array().unwrap().iter().map(row).collect()
}

/// Kind, URL and verdict of every call that the page makes.
fn expected_rows(example: &Example) -> Vec<[String; 3]> {
    let origin = example.origin();
    let localhost = origin.replace("http://127.0.0.1", "ws://localhost");
    let debug = if cfg!(debug_assertions) { "allowed" } else { "blocked" };
    [
        ["fetch", &format!("{origin}/api/users"), "allowed"],
        ["fetch", "https://api.example.com/users", "allowed"],
        ["XMLHttpRequest", "https://api.example.com/orders", "allowed"],
        ["sendBeacon", "https://api.example.com/visits", "allowed"],
        ["WebSocket", "wss://ws.example.com/orders", "allowed"],
        ["EventSource", "https://stream.example.com/notifications", "allowed"],
        ["WebSocket", &format!("{localhost}/orders"), debug],
        ["EventSource", "https://stream.exmple.com/notifications", "blocked"],
        ["fetch", "http://api.example.com/users", "blocked"],
        ["WebSocket", "wss://api.example.com/orders", "blocked"],
        ["XMLHttpRequest", "https://api.example.com:8443/orders", "blocked"],
        ["sendBeacon", "https://evil.example/collect", "blocked"],
    ]
    .map(|row| row.map(str::to_owned))
    .to_vec()
}

fn assert_verdicts(rows: &[Row], example: &Example) {
    let actual: Vec<_> = rows.iter().map(|row| format!("{} {} {}", row.kind, row.url, row.verdict)).collect();
    let expected: Vec<_> = expected_rows(example).iter().map(|row| row.join(" ")).collect();
    assert_same("verdicts", &actual, &expected);
}

#[test]
fn the_page_shows_what_the_browser_does() {
    let Some(chromium) = require_chromium("the_page_shows_what_the_browser_does") else {
        return;
    };
    let server = Server::start_tls(answer);
    let mut setup = Setup::online(&chromium, &server);
    let shown = setup.shown();
    let rows = rows(&shown);
    assert_verdicts(&rows, &setup.example);

    let (allowed, blocked): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.verdict == "allowed");
    for row in &allowed {
        assert!(row.text.contains("Allowed") && row.text.contains(&row.url), "{row:?}");
        assert!(!row.text.contains("the network failed") && row.violation.is_none(), "{row:?}");
    }
    for row in &blocked {
        assert!(row.text.contains("Blocked") && row.text.contains(&row.url), "{row:?}");
        assert!(row.text.contains("connect-src"), "{row:?}");
        assert_eq!(row.violation, Some(["connect-src".to_owned(), row.url.clone()]));
        // The browser's own word, past the page's script.
        let says_so = |text: &str| text.contains(&row.url) && text.contains("connect-src");
        setup.page.wait_for_console(|message| says_so(&message.text)).unwrap();
    }
    assert_eq!(shown["sources"], json!(HEADER.split(' ').skip(1).collect::<Vec<_>>()));
    let status = format!("{} calls: {} allowed, {} blocked", rows.len(), allowed.len(), blocked.len());
    assert_eq!(shown["status"], json!(status));

    // The page's own origin is the example itself.
    let own = format!("{}/", setup.example.origin());
    let reached: Vec<_> = allowed.iter().map(|row| &row.url).filter(|url| !url.starts_with(&own)).collect();
    assert_same("reached", &urls_of_calls(&server, reached.len()), &reached);
}

#[test]
fn a_failing_network_is_not_called_a_block() {
    let Some(chromium) = require_chromium("a_failing_network_is_not_called_a_block") else {
        return;
    };
    let mut setup = Setup::new(&chromium, "^NOTFOUND");
    let rows = rows(&setup.shown());
    assert_verdicts(&rows, &setup.example);

    let own = format!("{}/", setup.example.origin());
    for row in rows.iter().filter(|row| row.verdict == "allowed" && !row.url.starts_with(&own)) {
        // A beacon's fate is told to nobody.
        let detail = if row.kind == "sendBeacon" { "beacons get no answer" } else { "the network failed" };
        assert!(row.text.contains(&format!("allowed by the policy; {detail}")), "{row:?}");
    }
}

#[test]
fn the_browser_receives_the_declared_header() {
    let Some(chromium) = require_chromium("the_browser_receives_the_declared_header") else {
        return;
    };
    let server = Server::start_tls(answer);
    let Setup { example, page, .. } = &mut Setup::online(&chromium, &server);
    let printed = example.output().iter().find_map(|line| line.strip_prefix("Content-Security-Policy: "));
    assert_eq!(printed, Some(HEADER));
    for path in ["/", "/page.js", "/page.css", "/api/users"] {
        let head = page.response_head(&format!("{}{path}", example.origin())).unwrap();
        assert_eq!((head.status, &head.values("content-security-policy")[..]), (200, &[HEADER][..]), "{path}");
    }
}

#[test]
fn the_policy_holds_for_any_script_of_the_page() {
    let Some(chromium) = require_chromium("the_policy_holds_for_any_script_of_the_page") else {
        return;
    };
    let server = Server::start_tls(answer);
    let mut setup = Setup::online(&chromium, &server);
    setup.shown();
    server.clear();

    let undeclared =
        ["https://other.example/", "wss://other.example/", "https://ws.example.com/", "ws://ws.example.com/"];
    let calls: Vec<_> = undeclared.into_iter().flat_map(calls).collect();
    let Probe { violations, answers } = probe(&mut setup.page, &calls, calls.len()).unwrap();
    let urls: Vec<_> = calls.iter().map(|call| &call.url).collect();
    let blocked: Vec<_> = violations.iter().map(|violation| &violation.blocked_uri).collect();
    assert_same("blocked", &blocked, &urls);
    for violation in &violations {
        assert_eq!(
            (violation.effective_directive.as_str(), violation.original_policy.as_str()),
            ("connect-src", HEADER),
            "{violation:?}"
        );
    }
    assert_eq!(answers, vec![None; calls.len()]);
    assert_eq!(urls_of_calls(&server, 0), [""; 0]);
}
