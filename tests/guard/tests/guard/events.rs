//! What is told of decisions: to `tracing`, to observers, and in the form of a browser's report.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use csp_runtime::{Admission, Blocked, Disposition, Observe, connect_src};
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

#[derive(Default)]
struct Log(Mutex<Vec<String>>);

impl Observe for Log {
    fn admitted(&self, admission: &Admission<'_>) {
        self.0.lock().expect("no test has panicked").push(format!(
            "+{} {}",
            admission.redirect_count(),
            admission.url()
        ));
    }

    fn refused(&self, blocked: &Blocked) {
        let line = format!("-{} {}", blocked.redirect_count(), blocked.blocked_url());
        self.0.lock().expect("no test has panicked").push(line);
    }
}

#[test]
fn observers_hear_of_every_way_to_ask() {
    let log = Arc::new(Log::default());
    let guard = BACKEND.guard().observer(Arc::clone(&log));
    guard.check("https://hooks.example.net/a?b#c").expect("covered");
    guard.parse("https://hooks.example.net/b").expect("covered");
    guard.parse("no URL").expect_err("it is none");
    guard.check_redirect("https://hooks.example.net/c", 1, "https://hooks.example.net/a").expect("covered");
    guard.check_redirect("https://evil.example/d", 2, "https://hooks.example.net/c").expect_err("not covered");
    guard.resolve("169.254.169.254", 80).expect_err("a metadata service");
    let expected = [
        "+0 https://hooks.example.net/a",
        "+0 https://hooks.example.net/b",
        "-0 no URL",
        "+1 https://hooks.example.net/c",
        "-2 https://evil.example/d",
        "-0 169.254.169.254",
    ];
    assert_eq!(*log.0.lock().expect("no test has panicked"), expected);
}

#[test]
fn a_refusal_has_the_form_of_a_report() {
    let blocked = BACKEND.guard().check("https://api.example.com/v2/?key=secret#x").expect_err("another path");
    let violation = blocked.violation("https://shop.example.com/");
    assert_eq!(violation.document_url, "https://shop.example.com/");
    assert_eq!(violation.blocked_url, "https://api.example.com/v2/");
    assert_eq!(violation.effective_directive, "connect-src");
    assert_eq!(violation.original_policy, BACKEND.header());
    assert_eq!(violation.disposition, Disposition::Enforce);
    assert_eq!(violation.source_file.as_deref(), Some(BACKEND.file()));
    assert_eq!(violation.line_number, Some(BACKEND.line()));
}
