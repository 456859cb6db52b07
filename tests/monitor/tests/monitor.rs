//! What the monitor makes of violations: suggestions, refusals of guards, events.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::sync::{Arc, Mutex};

use csp_monitor_tests::{POLICY, legacy};
use csp_runtime::ScannedCalls;
use csp_runtime::monitor::{
    Builder, Delivery, Event, Evidence, Filter, Group, KnownEndpoint, Monitor, NoticedBy, State,
};
use csp_runtime::report::{Class, OwnPolicies};

fn builder() -> Builder {
    Monitor::builder().policies(OwnPolicies::new([POLICY]))
}

fn send(monitor: &Monitor, body: &str) {
    monitor.receive(body.as_bytes(), &Delivery::default()).unwrap();
}

async fn groups(monitor: &Monitor) -> Vec<Group> {
    monitor.flush().await.unwrap();
    monitor.groups(&Filter::all()).await.unwrap()
}

#[tokio::test]
async fn a_suggestion_says_what_speaks_for_it() {
    let endpoints = [
        KnownEndpoint::new("https://stream.exmple.com/notifications?key", "web/app.js", 9),
        KnownEndpoint::new("https://stream.exmple.com", "web/app.js", 9),
        KnownEndpoint::new("https://stream.exmple.com", "web/a\u{202e}.js", 3),
    ];
    let known = builder().known_endpoints(endpoints).unwrap().start().await.unwrap();
    let unknown = builder().start().await.unwrap();
    let found = "found by the scan at web/a\\u{202e}.js:3, web/app.js:9";
    for (blocked, with_scan, without) in [
        ("https://stream.exmple.com/x", found, "unverified: anybody can send a report"),
        (
            "https://evil.example/",
            "not in our sources: an extension, an injected script or a forged report",
            "unverified: anybody can send a report",
        ),
        ("inline", "unverified: anybody can send a report", "unverified: anybody can send a report"),
    ] {
        for (monitor, expected) in [(&known, with_scan), (&unknown, without)] {
            send(monitor, &legacy(blocked));
            let group = groups(monitor).await.into_iter().max_by_key(|group| group.last_seen).unwrap();
            let suggestion = monitor.suggest(&group);
            assert_eq!(suggestion.evidence.to_string(), expected, "{blocked}");
            assert_eq!(suggestion.explanation.verified, expected == found, "{blocked}");
        }
        let now = csp_runtime::monitor::Timestamp::now();
        while csp_runtime::monitor::Timestamp::now() <= now {}
    }
    let error = builder().known_endpoints([KnownEndpoint::new("evil.example", "web/app.js", 3)]).unwrap_err();
    assert!(error.to_string().contains("found \"evil.example\""), "{error}");
}

#[tokio::test]
async fn a_scan_with_open_ends_accuses_nobody() {
    const CALLS: &[(&str, &str, &str)] =
        &[("https://api.example.com", "fetch", "web/c:/app.js:9:4"), ("'self'", "fetch", "web/app.js:3:1")];
    let open = ScannedCalls::new(CALLS, &[("fetch", "web/tenant.js:2:7")]);
    let found = "found by the scan at web/c:/app.js:9";
    let unknown = "not in our sources: an extension, an injected script or a forged report";
    let doubt = "not among the calls that the scan found; where 1 more connects is not known";
    for (calls, blocked, expected) in [
        (ScannedCalls::new(CALLS, &[]), "https://api.example.com/v2", found),
        (open, "https://api.example.com/v2", found),
        (ScannedCalls::new(CALLS, &[]), "https://evil.example/", unknown),
        (open, "https://evil.example/", doubt),
        // The page's own origin.
        (open, "https://shop.example.com/x", "found by the scan at web/app.js:3"),
    ] {
        let monitor = builder().scanned(calls).unwrap().start().await.unwrap();
        send(&monitor, &legacy(blocked));
        let group = groups(&monitor).await.remove(0);
        assert_eq!(monitor.suggest(&group).evidence.to_string(), expected, "{blocked}");
    }
    for place in ["", "web/app.js", "web/app.js:3", "web/app.js:three:1", "web/app.js:-1:1"] {
        let calls: &'static [_] = Box::leak(Box::new([("https://api.example.com", "fetch", place)]));
        let error = builder().scanned(ScannedCalls::new(calls, &[])).unwrap_err().to_string();
        assert!(error.contains("expected a place such as"), "{place}: {error}");
    }
}

#[tokio::test]
async fn a_forged_report_puts_no_text_into_the_line_to_add() {
    let monitor = builder().start().await.unwrap();
    let forged = [
        "https://evil.example\\\",*,\\\"/",
        "https://evil.example/\\\", \\\"*",
        "https://evil.example;script-src *",
        "https://evil.example *",
        "https://evil.example/\\n#[insecure(reason = \\\"x\\\")] \\\"*\\\"",
        "https://evil.example\u{202e}moc.elgoog",
        "https://*.example/",
        "https://user:pass@evil.example/",
        "javascript:alert(1)",
        "https://evil.example:99999/",
        "https://'none'/",
    ];
    for blocked in forged {
        send(&monitor, &legacy(blocked));
    }
    let mut entries = Vec::new();
    for group in groups(&monitor).await {
        let suggestion = monitor.suggest(&group);
        assert_eq!(suggestion.evidence, Evidence::Unverified);
        let shown = format!("{} {:?}", suggestion.explanation, suggestion.explanation);
        assert!(!shown.chars().any(|character| character.is_control() || character == '\u{202e}'), "{shown}");
        entries.extend(suggestion.explanation.entry);
    }
    entries.sort_unstable();
    entries.dedup();
    assert_eq!(entries, ["\"https://evil.example\","]);
}

#[tokio::test]
async fn what_a_guard_refuses_is_kept_beside_and_counted_apart() {
    csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    let monitor = builder().start().await.unwrap();
    let observer = Arc::new(monitor.observer("https://shop.example.com"));
    let guard = BACKEND.guard().observer(Arc::clone(&observer));
    guard.check("https://evil.example/x?key=s3cret").unwrap_err();
    guard.check("https://evil.example/y").unwrap_err();
    guard.check("https://api.example.com/").unwrap();
    BACKEND.guard().audit().observer(observer).check("https://evil.example/z").unwrap();
    send(&monitor, &legacy("https://evil.example/"));
    let groups = groups(&monitor).await;
    let totals = monitor.totals().await.unwrap();
    assert_eq!((totals.refusals, totals.counters.accepted, totals.counters.received()), (3, 1, 1));
    let mut refused: Vec<_> = groups
        .iter()
        .filter(|group| group.noticed_by == NoticedBy::Guard)
        .map(|group| (group.key.is_enforced, group.count, group.class, group.samples[0].blocked_url.as_str()))
        .collect();
    refused.sort_unstable();
    assert_eq!(
        refused,
        [(false, 1, Class::Violation, "https://evil.example/z"), (true, 2, Class::Violation, "https://evil.example/y")]
    );
    let group = groups.iter().find(|group| group.noticed_by == NoticedBy::Guard).unwrap();
    assert_eq!(group.key.blocked_origin, "https://evil.example");
    assert!(group.key.source_file.as_deref().unwrap().ends_with("monitor.rs"));
    let suggestion = monitor.suggest(group);
    assert_eq!(suggestion.evidence.to_string(), "refused by a guard of this program");
    assert_eq!(suggestion.explanation.entry.as_deref(), Some("\"https://evil.example\","));
}

#[tokio::test]
async fn watchers_and_the_program_hear_of_each_group_with_its_count() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&heard);
    let builder = builder().on_violations(move |delta| {
        sink.lock().unwrap().push((delta.key.blocked_origin.clone(), delta.count, delta.is_new));
        assert_ne!(delta.key.blocked_origin, "https://panic.example", "what a callback does is its own matter");
    });
    let monitor = builder.start().await.unwrap();
    let mut events = monitor.subscribe();
    for blocked in ["https://one.example", "https://one.example", "https://panic.example", "https://one.example"] {
        send(&monitor, &legacy(blocked));
        monitor.flush().await.unwrap();
    }
    let expected = [
        ("https://one.example".to_owned(), 1, true),
        ("https://one.example".to_owned(), 1, false),
        ("https://panic.example".to_owned(), 1, true),
        ("https://one.example".to_owned(), 1, false),
    ];
    assert_eq!(*heard.lock().unwrap(), expected);
    for (origin, count, is_new) in expected {
        let Event::Violations(groups) = events.recv().await.unwrap() else { panic!("no violations") };
        let told: Vec<_> =
            groups.iter().map(|delta| (delta.key.blocked_origin.clone(), delta.count, delta.is_new)).collect();
        assert_eq!(told, [(origin, count, is_new)]);
    }
    let id = groups(&monitor).await[0].id;
    monitor.set_state(id, State::Acknowledged).await.unwrap();
    let Event::StateChanged { id: of, state } = events.recv().await.unwrap() else { panic!("no change") };
    assert_eq!((of, state), (id, State::Acknowledged));
}

#[tokio::test]
async fn what_is_received_is_written_without_being_asked_for() {
    let monitor = builder().start().await.unwrap();
    let mut events = monitor.subscribe();
    send(&monitor, &legacy("https://evil.example/"));
    assert!(matches!(events.recv().await.unwrap(), Event::Violations(_)));
    assert_eq!(monitor.groups(&Filter::default()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_base_path_that_is_none_is_refused() {
    for (base, is_path) in [
        ("/__csp", true),
        ("", true),
        ("/a/b", true),
        ("csp", false),
        ("/csp/", false),
        ("/", false),
        ("/a//b", false),
        ("/{x}", false),
        ("/a b", false),
        ("/a?b", false),
    ] {
        assert_eq!(builder().base(base).start().await.is_ok(), is_path, "{base}");
    }
}
