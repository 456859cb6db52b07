//! What came in since the last time.

use alloc::sync::Arc;
use alloc::vec::Vec;

use csp_core::report::{Class, GroupKey, PolicyMatch};

use crate::monitor::group::MOST_SAMPLES;
use crate::monitor::{Group, GroupId, HourCount, NoticedBy, Sample, State, Timestamp, Totals};

/// What came in since the last time: what a store adds, at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flush {
    /// The collector that writes: a number by chance, new for each start.
    pub collector: u64,
    /// The number of this flush, from 1: each is greater by 1.
    pub sequence: u64,
    /// When it was put together.
    pub time: Timestamp,
    /// What was counted.
    pub totals: Totals,
    /// What is added to groups, in the order of their names. No group is there twice.
    pub groups: Arc<Vec<GroupDelta>>,
}

/// What is added to a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupDelta {
    /// The group's name.
    pub id: GroupId,
    /// What its violations have in common.
    pub key: GroupKey,
    /// What kind they are of.
    pub class: Class,
    /// Whose policy they quote.
    pub policy: PolicyMatch,
    /// Who noticed them.
    pub noticed_by: NoticedBy,
    /// Whether this collector hasn't had the group before.
    pub is_new: bool,
    /// How many violations are added.
    pub count: u64,
    /// When the first of them happened.
    pub first_seen: Timestamp,
    /// When the last of them happened.
    pub last_seen: Timestamp,
    /// How many are added to each hour, the oldest hour first.
    pub hours: Vec<HourCount>,
    /// The newest of them, the newest first.
    pub samples: Vec<Sample>,
}

impl GroupDelta {
    /// Adds violations that happened at a time.
    pub(crate) fn add(&mut self, time: Timestamp, count: u64) {
        self.count += count;
        self.first_seen = self.first_seen.min(time);
        self.last_seen = self.last_seen.max(time);
        add_to_hour(&mut self.hours, HourCount { hour: time.hour(), count });
    }

    /// The same as a group, if there is none yet.
    #[must_use]
    pub fn into_group(self) -> Group {
        Group {
            id: self.id,
            key: self.key,
            class: self.class,
            policy: self.policy,
            noticed_by: self.noticed_by,
            state: State::Open,
            first_seen: self.first_seen,
            last_seen: self.last_seen,
            count: self.count,
            hours: self.hours,
            samples: self.samples,
        }
    }
}

pub(crate) fn add_to_hour(hours: &mut Vec<HourCount>, added: HourCount) {
    match hours.binary_search_by_key(&added.hour, |known| known.hour) {
        Ok(index) => hours[index].count += added.count,
        Err(index) => hours.insert(index, added),
    }
}

/// Puts a sample among others, so that the newest are kept. Gives the bytes that were let go.
pub(crate) fn add_sample(samples: &mut Vec<Sample>, sample: Sample) -> usize {
    let index = samples.partition_point(|known| known.time > sample.time);
    samples.insert(index, sample);
    samples.drain(MOST_SAMPLES.min(samples.len())..).map(|sample| sample.bytes()).sum()
}
