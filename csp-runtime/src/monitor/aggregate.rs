//! What came in and isn't written yet.

use core::mem;
use std::collections::{HashMap, HashSet};

use alloc::sync::Arc;
use alloc::vec::Vec;

use csp_core::report::{Class, GroupKey, PolicyMatch};

use super::store::{Flush, GroupDelta, add_sample};
use super::{Caps, GroupId, HourCount, NoticedBy, Sample, Timestamp, Totals};

/// The most groups that wait to be written.
const MOST_WAITING: usize = 10_000;
/// The most reports that are recognized as ones that came before.
const MOST_RECOGNIZED: usize = 16_384;

/// What came in and isn't written yet: bounded, whatever comes.
#[derive(Debug)]
pub(super) struct Aggregate {
    caps: Caps,
    totals: Totals,
    waiting: HashMap<GroupId, GroupDelta>,
    waiting_bytes: usize,
    sample_bytes: usize,
    /// Groups of reports that are the same to the letter, since the last flush.
    recognized: HashMap<u64, Option<GroupId>>,
    /// The groups that this collector or the store has, with the length of their keys.
    known: HashMap<GroupId, usize>,
    known_bytes: usize,
    hour: Timestamp,
    new_in_hour: usize,
}

/// A violation that is ready to be kept.
pub(super) struct Noticed {
    pub(super) id: GroupId,
    pub(super) key: GroupKey,
    pub(super) class: Class,
    pub(super) policy: PolicyMatch,
    pub(super) noticed_by: NoticedBy,
    pub(super) sample: Sample,
}

impl Aggregate {
    /// With the groups that the store has.
    pub(super) fn new(caps: Caps, known: Vec<GroupId>) -> Self {
        Self {
            caps,
            totals: Totals::default(),
            waiting: HashMap::new(),
            waiting_bytes: 0,
            sample_bytes: 0,
            recognized: HashMap::new(),
            known: known.into_iter().map(|id| (id, 0)).collect(),
            known_bytes: 0,
            hour: Timestamp::default(),
            new_in_hour: 0,
        }
    }

    /// What was counted since the last flush.
    pub(super) const fn totals(&self) -> Totals {
        self.totals
    }

    /// Counts.
    pub(super) fn count(&mut self, totals: Totals) {
        self.totals += totals;
    }

    /// Counts a report that came before; `false` if it didn't.
    pub(super) fn recognize(&mut self, fingerprint: u64, time: Timestamp) -> bool {
        let Some(group) = self.recognized.get(&fingerprint) else { return false };
        match group {
            // What is recognized waits.
            Some(id) => {
                if let Some(delta) = self.waiting.get_mut(id) {
                    delta.add(time, 1);
                }
            }
            None => self.totals.other += 1,
        }
        self.totals.counters.accepted += 1;
        true
    }

    /// Takes a violation in, and counts it. A fingerprint lets the next be recognized.
    pub(super) fn take(&mut self, noticed: Noticed, fingerprint: Option<u64>, now: Timestamp) {
        let id = noticed.id;
        let noticed_by = noticed.noticed_by;
        let place = self.place(&noticed, now);
        match noticed_by {
            NoticedBy::Guard => self.totals.refusals += 1,
            NoticedBy::Browser => match place {
                Place::Full => self.totals.counters.shed += 1,
                Place::Other => {
                    self.totals.counters.accepted += 1;
                    self.totals.other += 1;
                }
                Place::Waiting | Place::New => self.totals.counters.accepted += 1,
            },
        }
        let group = match place {
            Place::Full => return,
            Place::Other => None,
            Place::New | Place::Waiting => {
                self.add(noticed, matches!(place, Place::New));
                Some(id)
            }
        };
        if let Some(fingerprint) = fingerprint
            && self.recognized.len() < MOST_RECOGNIZED
        {
            self.recognized.insert(fingerprint, group);
        }
    }

    /// Where a violation goes.
    fn place(&mut self, noticed: &Noticed, now: Timestamp) -> Place {
        if self.waiting.contains_key(&noticed.id) {
            return Place::Waiting;
        }
        let bytes = key_bytes(&noticed.key);
        let is_known = self.known.contains_key(&noticed.id);
        if !is_known {
            if self.hour != now.hour() {
                self.hour = now.hour();
                self.new_in_hour = 0;
            }
            if self.known.len() >= self.caps.groups
                || self.new_in_hour >= self.caps.new_groups_per_hour
                || self.known_bytes + bytes > self.caps.key_bytes
            {
                return Place::Other;
            }
        }
        if self.waiting.len() >= MOST_WAITING || self.waiting_bytes + bytes > self.caps.key_bytes {
            return Place::Full;
        }
        self.waiting_bytes += bytes;
        if is_known {
            return Place::Waiting;
        }
        self.new_in_hour += 1;
        self.known_bytes += bytes;
        self.known.insert(noticed.id, bytes);
        Place::New
    }

    fn add(&mut self, noticed: Noticed, is_new: bool) {
        let Noticed { id, key, class, policy, noticed_by, sample } = noticed;
        let time = sample.time;
        let delta = self.waiting.entry(id).or_insert_with(|| GroupDelta {
            id,
            key,
            class,
            policy,
            noticed_by,
            is_new,
            count: 0,
            first_seen: time,
            last_seen: time,
            hours: Vec::new(),
            samples: Vec::new(),
        });
        delta.add(time, 1);
        let bytes = sample.bytes();
        if self.sample_bytes + bytes <= self.caps.sample_bytes {
            self.sample_bytes += bytes;
            self.sample_bytes -= add_sample(&mut delta.samples, sample);
        }
    }

    /// All that waits, to be written; `None` if nothing does.
    pub(super) fn flush(&mut self, collector: u64, sequence: u64, time: Timestamp) -> Option<Flush> {
        if self.totals == Totals::default() && self.waiting.is_empty() {
            return None;
        }
        self.recognized.clear();
        (self.waiting_bytes, self.sample_bytes) = (0, 0);
        let mut groups: Vec<_> = mem::take(&mut self.waiting).into_values().collect();
        groups.sort_unstable_by_key(|delta| delta.id);
        Some(Flush { collector, sequence, time, totals: mem::take(&mut self.totals), groups: Arc::new(groups) })
    }

    /// Forgets groups that the store has no more.
    pub(super) fn forget(&mut self, removed: &[GroupId]) {
        let waiting: HashSet<_> = self.waiting.keys().copied().collect();
        for id in removed.iter().filter(|id| !waiting.contains(id)) {
            if let Some(bytes) = self.known.remove(id) {
                self.known_bytes -= bytes;
            }
        }
    }
}

enum Place {
    /// There is no room: it is shed.
    Full,
    /// It begins a group.
    New,
    /// It is counted, and no more.
    Other,
    /// Its group is known.
    Waiting,
}

/// The bytes of text in a key.
fn key_bytes(key: &GroupKey) -> usize {
    [&key.policy, &key.document_origin, &key.directive, &key.blocked_origin]
        .map(alloc::string::String::len)
        .iter()
        .sum::<usize>()
        + key.source_file.as_ref().map_or(0, alloc::string::String::len)
        + size_of::<GroupDelta>()
        + size_of::<HourCount>()
}
