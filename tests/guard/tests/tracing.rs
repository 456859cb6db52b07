//! What `tracing` hears of decisions.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

use csp_harness::{Fields, Recorder};
use csp_runtime::connect_src;
use tracing::Level;

connect_src! {
    static BACKEND = ["https://api.example.com/v1/", "https://hooks.example.net"];
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn tracing_hears_of_decisions() {
    let recorder = Recorder::of("csp::connect");
    tracing::subscriber::with_default(recorder.clone(), || {
        let guard = BACKEND.guard();
        guard.check("https://api.example.com/v1/users?key=secret").expect("covered");
        guard.check("https://user:secret@hooks.example.net:8443/x?key=secret").expect_err("credentials");
        let audit = guard.audit();
        audit.check_redirect("wss://hooks.example.net/", 2, "https://hooks.example.net/x").expect("only told of");
        // What is not asked for in earnest is no event.
        assert!(!audit.allows("https://evil.example/"));
    });
    let events = recorder.events().clone();
    let expected = [
        (
            Level::DEBUG,
            fields(&[
                ("message", "admitted"),
                ("scheme", "https"),
                ("address", "api.example.com"),
                ("port", "443"),
                ("disposition", "enforce"),
                ("hop", "0"),
            ]),
        ),
        (
            Level::WARN,
            fields(&[
                ("message", "refused"),
                ("scheme", "https"),
                ("address", "hooks.example.net"),
                ("port", "8443"),
                ("disposition", "enforce"),
                ("reason", "credentials"),
                ("hop", "0"),
            ]),
        ),
        (
            Level::WARN,
            fields(&[
                ("message", "refused"),
                ("scheme", "wss"),
                ("address", "hooks.example.net"),
                ("port", "443"),
                ("disposition", "report"),
                ("reason", "no-source-matched"),
                ("hop", "2"),
                ("source", "https://hooks.example.net"),
            ]),
        ),
    ];
    assert_eq!(events, expected);
    assert!(!format!("{events:?}").contains("secret"));
}
