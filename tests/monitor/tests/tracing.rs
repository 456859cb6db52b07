//! What `tracing` hears of violations.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use csp_harness::{Recorder, TempDir};
use csp_monitor_tests::{POLICY, legacy};
use csp_runtime::monitor::{Delivery, Monitor, SqliteStore};
use csp_runtime::report::OwnPolicies;
use tracing::Level;

#[test]
fn tracing_hears_of_each_group_with_its_count() {
    let recorder = Recorder::of("csp::report");
    let _guard = tracing::subscriber::set_default(recorder.clone());
    // One thread, which the subscriber listens to.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let directory = TempDir::new("csp-tracing").unwrap();
        let file = directory.path().join("reports.db");
        let store = SqliteStore::open(&file).unwrap();
        let builder = Monitor::builder().policies(OwnPolicies::new([POLICY])).store(store);
        let monitor = builder.start().await.unwrap();
        let send = |blocked: &str| monitor.receive(legacy(blocked).as_bytes(), &Delivery::default()).unwrap();
        for blocked in ["https://evil.example/1?s3cret", "https://evil.example/2?s3cret", "chrome-extension"] {
            send(blocked);
        }
        monitor.flush().await.unwrap();
        send("https://evil.example/3");
        monitor.flush().await.unwrap();
        // The store breaks: that is told, too.
        rusqlite::Connection::open(&file).unwrap().execute("DROP TABLE csp_hour", []).unwrap();
        send("https://evil.example/4");
        monitor.flush().await.unwrap_err();
        let mut waited = 0;
        while recorder.events().iter().all(|(level, _)| *level != Level::ERROR) {
            tokio::task::yield_now().await;
            waited += 1;
            assert!(waited < 100_000_000, "nothing is told of a store that doesn't write");
        }
    });
    let events = recorder.events();
    let told: Vec<_> = events
        .iter()
        .filter(|(level, _)| *level != Level::ERROR)
        .map(|(level, fields)| {
            (*level, fields["blocked"].as_str(), fields["count"].as_str(), fields["message"].as_str())
        })
        .collect();
    let (mut first, rest) = (told[..2].to_vec(), &told[2..]);
    first.sort_by_key(|(level, ..)| *level);
    assert_eq!(
        first,
        [
            (Level::WARN, "https://evil.example", "2", "new violation"),
            (Level::DEBUG, "chrome-extension:", "1", "noise")
        ]
    );
    assert_eq!(
        rest,
        [
            (Level::INFO, "https://evil.example", "1", "violation"),
            (Level::INFO, "https://evil.example", "1", "violation")
        ]
    );
    let new = events.iter().find(|(level, _)| *level == Level::WARN).unwrap();
    for (name, value) in [
        ("class", "violation"),
        ("noticed_by", "browser"),
        ("disposition", "enforce"),
        ("directive", "connect-src"),
        ("document", "https://shop.example.com"),
        ("source_file", "https://shop.example.com/app.js"),
        ("line", "9"),
    ] {
        assert_eq!(new.1[name], value, "{name}");
    }
    let (_, error) = events.iter().find(|(level, _)| *level == Level::ERROR).unwrap();
    assert!(error["error"].contains("can't write to the SQLite file: no such table: csp_hour"), "{error:?}");
    assert!(!format!("{events:?}").contains("s3cret"));
}
