//! Where violations are kept.

mod error;
mod flush;
mod memory;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod sql;
#[cfg(feature = "sqlite")]
mod sqlite;

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::pin::Pin;

pub use error::StoreError;
pub(super) use flush::add_sample;
pub use flush::{Flush, GroupDelta};
pub use memory::MemoryStore;
#[cfg(feature = "postgres")]
pub use postgres::PostgresStore;
#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;

use super::{Filter, Group, GroupId, State, Timestamp, Totals};

/// What a store does takes its time.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Where violations are kept.
///
/// A store gets redacted texts only. It needs no bounds of its own on the number of groups and on the length of texts: the
/// [`Monitor`](super::Monitor) keeps its [`Caps`](super::Caps).
pub trait Store: Send + Sync + 'static {
    /// Adds what came in: all of it, or, with an error, nothing.
    ///
    /// Whether an error came before or after it was written can't always be known, so the same flush is written again: a
    /// store that has it, by [`Flush::collector`] and [`Flush::sequence`], does nothing.
    fn write<'a>(&'a self, flush: &'a Flush) -> StoreFuture<'a, ()>;

    /// The names of all groups.
    fn ids(&self) -> StoreFuture<'_, Vec<GroupId>>;

    /// The groups that are asked for, with their hours and samples.
    fn groups<'a>(&'a self, filter: &'a Filter) -> StoreFuture<'a, Vec<Group>>;

    /// A group.
    fn group(&self, id: GroupId) -> StoreFuture<'_, Option<Group>>;

    /// Sets the state of a group; says whether there is one.
    fn set_state(&self, id: GroupId, state: State, now: Timestamp) -> StoreFuture<'_, bool>;

    /// All that was counted.
    fn totals(&self) -> StoreFuture<'_, Totals>;

    /// Removes groups without a violation since then, but those that are ignored, and counts of hours before. What was
    /// counted in all stays. Gives the names of the groups that it removed.
    fn prune(&self, before: Timestamp) -> StoreFuture<'_, Vec<GroupId>>;
}

impl<S: Store + ?Sized> Store for Arc<S> {
    fn write<'a>(&'a self, flush: &'a Flush) -> StoreFuture<'a, ()> {
        (**self).write(flush)
    }

    fn ids(&self) -> StoreFuture<'_, Vec<GroupId>> {
        (**self).ids()
    }

    fn groups<'a>(&'a self, filter: &'a Filter) -> StoreFuture<'a, Vec<Group>> {
        (**self).groups(filter)
    }

    fn group(&self, id: GroupId) -> StoreFuture<'_, Option<Group>> {
        (**self).group(id)
    }

    fn set_state(&self, id: GroupId, state: State, now: Timestamp) -> StoreFuture<'_, bool> {
        (**self).set_state(id, state, now)
    }

    fn totals(&self) -> StoreFuture<'_, Totals> {
        (**self).totals()
    }

    fn prune(&self, before: Timestamp) -> StoreFuture<'_, Vec<GroupId>> {
        (**self).prune(before)
    }
}
