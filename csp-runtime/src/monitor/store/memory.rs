//! The store that lasts as long as the program.

use alloc::boxed::Box;
use alloc::vec::Vec;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::flush::{add_sample, add_to_hour};
use super::{Flush, GroupDelta, Store, StoreFuture};
use crate::monitor::{Filter, Group, GroupId, Order, State, Timestamp, Totals};

/// The store that lasts as long as the program: the default.
#[derive(Debug, Default)]
pub struct MemoryStore {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    groups: HashMap<GroupId, Stored>,
    totals: Totals,
    /// The last flush of each collector.
    written: HashMap<u64, u64>,
}

#[derive(Debug)]
struct Stored {
    group: Group,
    state_since: Timestamp,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Nothing in here panics half way.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is there already.
fn ready<'a, T: Send + 'a>(value: T) -> StoreFuture<'a, T> {
    Box::pin(core::future::ready(Ok(value)))
}

impl Store for MemoryStore {
    fn write<'a>(&'a self, flush: &'a Flush) -> StoreFuture<'a, ()> {
        let mut kept = self.kept();
        let written = kept.written.entry(flush.collector).or_default();
        if *written < flush.sequence {
            *written = flush.sequence;
            kept.totals += flush.totals;
            for delta in flush.groups.iter() {
                kept.add(delta);
            }
        }
        ready(())
    }

    fn ids(&self) -> StoreFuture<'_, Vec<GroupId>> {
        ready(self.kept().groups.keys().copied().collect())
    }

    fn groups<'a>(&'a self, filter: &'a Filter) -> StoreFuture<'a, Vec<Group>> {
        let kept = self.kept();
        let mut groups: Vec<_> =
            kept.groups.values().map(|stored| &stored.group).filter(|group| filter.admits(group)).collect();
        groups.sort_unstable_by(|left, right| {
            let order = match filter.order {
                Order::Newest => right.last_seen.cmp(&left.last_seen),
                Order::Count => right.count.cmp(&left.count),
            };
            order.then(left.id.cmp(&right.id))
        });
        ready(groups.into_iter().skip(filter.offset).take(filter.limit).cloned().collect())
    }

    fn group(&self, id: GroupId) -> StoreFuture<'_, Option<Group>> {
        ready(self.kept().groups.get(&id).map(|stored| stored.group.clone()))
    }

    fn set_state(&self, id: GroupId, state: State, now: Timestamp) -> StoreFuture<'_, bool> {
        let mut kept = self.kept();
        let stored = kept.groups.get_mut(&id);
        ready(
            stored
                .map(|stored| {
                    stored.group.state = state;
                    stored.state_since = now;
                })
                .is_some(),
        )
    }

    fn totals(&self) -> StoreFuture<'_, Totals> {
        ready(self.kept().totals)
    }

    fn prune(&self, before: Timestamp) -> StoreFuture<'_, Vec<GroupId>> {
        let mut kept = self.kept();
        let removed: Vec<_> = kept
            .groups
            .values()
            .map(|stored| &stored.group)
            .filter(|group| group.last_seen < before && group.state != State::Ignored)
            .map(|group| group.id)
            .collect();
        for id in &removed {
            kept.groups.remove(id);
        }
        for stored in kept.groups.values_mut() {
            stored.group.hours.retain(|known| known.hour >= before.hour());
        }
        ready(removed)
    }
}

impl Kept {
    fn add(&mut self, delta: &GroupDelta) {
        let Some(stored) = self.groups.get_mut(&delta.id) else {
            let stored = Stored { group: delta.clone().into_group(), state_since: delta.first_seen };
            self.groups.insert(delta.id, stored);
            return;
        };
        let Stored { group, state_since } = stored;
        group.count += delta.count;
        group.first_seen = group.first_seen.min(delta.first_seen);
        group.last_seen = group.last_seen.max(delta.last_seen);
        for added in &delta.hours {
            add_to_hour(&mut group.hours, *added);
        }
        for sample in delta.samples.iter().rev() {
            add_sample(&mut group.samples, sample.clone());
        }
        if group.state == State::Resolved && delta.last_seen > *state_since {
            group.state = State::Open;
            *state_since = delta.last_seen;
        }
    }
}
