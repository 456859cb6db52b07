//! A subscriber of `tracing` that keeps what it hears.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// The fields of an event, its `message` among them.
pub type Fields = BTreeMap<String, String>;

/// Keeps the events of one target, with their fields as text.
///
/// A test with it is a program of its own: where threads without a subscriber reach an event first, `tracing` remembers that
/// nobody hears it.
#[derive(Clone, Debug)]
pub struct Recorder {
    target: &'static str,
    events: Arc<Mutex<Vec<(Level, Fields)>>>,
}

impl Recorder {
    /// Of the events of a target.
    #[must_use]
    pub fn of(target: &'static str) -> Self {
        Self { target, events: Arc::default() }
    }

    /// What it has heard.
    pub fn events(&self) -> MutexGuard<'_, Vec<(Level, Fields)>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == self.target
    }

    fn event(&self, event: &Event<'_>) {
        let mut visitor = Visitor(Fields::new());
        event.record(&mut visitor);
        self.events().push((*event.metadata().level(), visitor.0));
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Visitor(Fields);

impl Visit for Visitor {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}
