//! The monitor itself.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::hash::BuildHasher as _;
use std::hash::RandomState;

use csp_core::report::{BodyError, Limits, OwnPolicies};
use http::request::Parts;
use tokio::sync::{Notify, broadcast};

use super::access::{Access, Authorize, access};
use super::builder::Callback;
use super::intake::Intake;
use super::store::Flush;
use super::suggest::{KnownEndpoints, suggest};
use super::{
    Builder, Caps, Collector, Counters, Delivery, Event, Filter, Group, GroupId, GuardObserver, State, Store,
    StoreError, Suggestion, Timestamp, Totals, flusher,
};

/// How many events a slow watcher may miss before it is told so.
const EVENTS: usize = 256;

/// Takes in violations, keeps them, and tells of them. It is cheap to clone: all clones are one monitor.
///
/// See the [module](super).
#[derive(Clone)]
pub struct Monitor {
    pub(super) shared: Arc<Shared>,
}

/// What all clones share.
pub(super) struct Shared {
    pub(super) intake: Intake,
    pub(super) caps: Caps,
    pub(super) store: Box<StoreHandle>,
    pub(super) base: alloc::string::String,
    pub(super) collector: u64,
    /// What is being written: nobody may look at the store and at what waits while one becomes the other.
    pub(super) writing: tokio::sync::Mutex<Writing>,
    pub(super) events: broadcast::Sender<Event>,
    pub(super) in_flight: super::collector::InFlight,
    pub(super) wake: Arc<Notify>,
    pub(super) callback: Option<Callback>,
    authorize: Option<Authorize>,
    endpoints: Option<KnownEndpoints>,
}

pub(super) type StoreHandle = Arc<dyn Store>;

/// What is being written.
#[derive(Default)]
pub(super) struct Writing {
    /// The number of the last flush.
    pub(super) sequence: u64,
    /// A flush that couldn't be written yet.
    pub(super) unwritten: Option<Flush>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        // The task sees that nothing is left to wait for.
        self.wake.notify_one();
    }
}

impl Monitor {
    /// What a monitor is made with.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(super) fn new(builder: Builder, known: Vec<GroupId>) -> Self {
        let Builder { own, limits, caps, store, base, authorize, callback, endpoints } = builder;
        let wake = Arc::new(Notify::new());
        let shared = Arc::new(Shared {
            intake: Intake::new(own, limits, caps, known),
            caps,
            store: Box::new(store),
            base,
            collector: RandomState::new().hash_one(Timestamp::now()),
            writing: tokio::sync::Mutex::default(),
            events: broadcast::Sender::new(EVENTS),
            in_flight: super::collector::InFlight::default(),
            wake: Arc::clone(&wake),
            callback,
            authorize,
            endpoints,
        });
        tokio::spawn(flusher::run(Arc::downgrade(&shared), wake));
        Self { shared }
    }

    /// The path below which the router answers.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.shared.base
    }

    /// The service that takes in reports.
    #[must_use]
    pub fn collector(&self) -> Collector {
        Collector::new(self.clone())
    }

    /// Reads the body of a request and takes in its reports. This is what the [`Collector`] does after it has received a
    /// body; a server of another kind does it here. It must bound the body by [`limits`](Self::limits), refuse other content
    /// types than [`accepts`](crate::report::accepts) knows, and answer 204 to `Ok`, 413 to a body that is too long and
    /// 400 to all other errors.
    ///
    /// ```
    /// use csp_runtime::monitor::{Delivery, Filter, Monitor};
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let monitor = Monitor::builder().start().await?;
    /// let body = br#"{"csp-report": {
    ///     "document-uri": "https://shop.example.com/cart",
    ///     "effective-directive": "connect-src",
    ///     "original-policy": "connect-src 'self'",
    ///     "blocked-uri": "https://stream.example.com/news?key=secret"
    /// }}"#;
    /// monitor.receive(body, &Delivery::new(Some("d=e"), Some("Firefox")))?;
    /// monitor.flush().await?;
    /// let groups = monitor.groups(&Filter::default()).await?;
    /// assert_eq!(groups[0].key.blocked_origin, "https://stream.example.com");
    /// let suggestion = monitor.suggest(&groups[0]);
    /// assert_eq!(suggestion.explanation.entry.as_deref(), Some("\"https://stream.example.com\","));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the body is no batch of reports. It is counted all the same.
    pub fn receive(&self, body: &[u8], delivery: &Delivery<'_>) -> Result<(), BodyError> {
        let result = self.shared.intake.take(body, delivery);
        self.shared.wake.notify_one();
        result
    }

    /// How much of a body is read.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.shared.intake.limits()
    }

    /// Counts what never became a body.
    pub(super) fn count(&self, counters: Counters) {
        self.shared.intake.count(counters);
        self.shared.wake.notify_one();
    }

    /// An observer for guards: what they refuse is kept beside what browsers report. `program` names the program, as a URL.
    #[must_use]
    pub fn observer(&self, program: impl Into<alloc::string::String>) -> GuardObserver {
        GuardObserver::new(self.clone(), program.into())
    }

    /// What became of the reports.
    ///
    /// # Errors
    ///
    /// If the store can't be read.
    pub async fn counters(&self) -> Result<Counters, StoreError> {
        Ok(self.totals().await?.counters)
    }

    /// All that was counted: what the store has, and what waits to be written.
    ///
    /// # Errors
    ///
    /// If the store can't be read.
    pub async fn totals(&self) -> Result<Totals, StoreError> {
        let writing = self.shared.writing.lock().await;
        let mut totals = self.shared.store.totals().await?;
        if let Some(flush) = &writing.unwritten {
            totals += flush.totals;
        }
        totals += self.shared.intake.aggregate().totals();
        Ok(totals)
    }

    /// The groups that are asked for, as they were at the last flush.
    ///
    /// # Errors
    ///
    /// If the store can't be read.
    pub async fn groups(&self, filter: &Filter) -> Result<Vec<Group>, StoreError> {
        self.shared.store.groups(filter).await
    }

    /// A group, as it was at the last flush.
    ///
    /// # Errors
    ///
    /// If the store can't be read.
    pub async fn group(&self, id: GroupId) -> Result<Option<Group>, StoreError> {
        self.shared.store.group(id).await
    }

    /// Sets the state of a group; says whether there is one.
    ///
    /// # Errors
    ///
    /// If the store can't be written.
    pub async fn set_state(&self, id: GroupId, state: State) -> Result<bool, StoreError> {
        let is_there = self.shared.store.set_state(id, state, Timestamp::now()).await?;
        if is_there {
            // Nobody may be watching.
            let _ = self.shared.events.send(Event::StateChanged { id, state });
        }
        Ok(is_there)
    }

    /// Why a group was blocked, what would allow it, and what speaks for that.
    #[must_use]
    pub fn suggest(&self, group: &Group) -> Suggestion {
        suggest(group, self.shared.endpoints.as_ref())
    }

    /// What comes in from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.shared.events.subscribe()
    }

    /// Writes what waits now. A program does it before it ends, or loses what the last second brought.
    ///
    /// # Errors
    ///
    /// If the store can't be written; it is tried again later.
    pub async fn flush(&self) -> Result<(), StoreError> {
        self.shared.flush().await
    }

    /// The policies that this build sends.
    pub(super) fn own(&self) -> &OwnPolicies {
        self.shared.intake.own()
    }

    /// What a request for the panel or an interface gets.
    pub(super) fn access(&self, parts: &Parts) -> Access {
        access(self.shared.authorize.as_ref(), parts)
    }
}

impl fmt::Debug for Monitor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Monitor").field("base", &self.shared.base).finish_non_exhaustive()
    }
}
