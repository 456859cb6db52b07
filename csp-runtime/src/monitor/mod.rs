//! Violations as they happen: taken in, kept, explained, and shown.

mod access;
mod aggregate;
mod api;
mod builder;
mod caps;
mod collector;
mod counters;
mod document;
mod event;
mod filter;
mod flusher;
mod group;
mod guard;
mod handle;
mod intake;
mod router;
mod store;
mod suggest;
mod timestamp;

pub use access::from_loopback;
pub use builder::{Builder, StartError};
pub use caps::Caps;
pub use collector::Collector;
pub use counters::{Counters, Totals};
pub use event::Event;
pub use filter::{Filter, Order};
pub use group::{Group, GroupId, GroupIdError, HourCount, MOST_SAMPLES, NoticedBy, Sample, State};
pub use guard::GuardObserver;
pub use handle::Monitor;
pub use intake::Delivery;
#[cfg(feature = "postgres")]
pub use store::PostgresStore;
#[cfg(feature = "sqlite")]
pub use store::SqliteStore;
pub use store::{Flush, GroupDelta, MemoryStore, Store, StoreError, StoreFuture};
pub use suggest::{Evidence, KnownEndpoint, Place, Suggestion};
pub use timestamp::Timestamp;
