//! What `tracing` hears of decisions.
//!
//! A program of its own: where threads without a subscriber reach an event first, `tracing` remembers that nobody hears it.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use csp_runtime::connect_src;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

connect_src! {
    static BACKEND = ["https://api.example.com/v1/", "https://hooks.example.net"];
}

type Fields = BTreeMap<String, String>;

/// Keeps the events of `csp::connect`.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<(Level, Fields)>>>);

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "csp::connect"
    }

    fn event(&self, event: &Event<'_>) {
        struct Visitor(Fields);
        impl Visit for Visitor {
            fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
                self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
            }
        }
        let mut visitor = Visitor(Fields::new());
        event.record(&mut visitor);
        self.0.lock().expect("no test has panicked").push((*event.metadata().level(), visitor.0));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn tracing_hears_of_decisions() {
    let recorder = Recorder::default();
    tracing::subscriber::with_default(recorder.clone(), || {
        let guard = BACKEND.guard();
        guard.check("https://api.example.com/v1/users?key=secret").expect("covered");
        guard.check("https://user:secret@hooks.example.net:8443/x?key=secret").expect_err("credentials");
        let audit = guard.audit();
        audit.check_redirect("wss://hooks.example.net/", 2, "https://hooks.example.net/x").expect("only told of");
        // What is not asked for in earnest is no event.
        assert!(!audit.allows("https://evil.example/"));
    });
    let events = recorder.0.lock().expect("no test has panicked").clone();
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
