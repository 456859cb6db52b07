//! What became of the reports.

use core::ops::AddAssign;

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// What became of all reports that came in. They are counted when that is known, each once, so that the sum always holds:
/// `accepted + filtered + rejected + over_limit + shed = received`.
///
/// As JSON, they are an object with exactly these names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Violation reports, noise included. Each is in a [group](super::Group), or in [`Totals::other`].
    pub accepted: u64,
    /// Reports of other types, which browsers send in the same array.
    pub filtered: u64,
    /// What couldn't be read. A request whose reports can't be told is one: of another content type, broken, too slow.
    pub rejected: u64,
    /// Entries of an array after the last that is looked at. A body that is too long is one.
    pub over_limit: u64,
    /// Violation reports for which there was no room, because the store didn't keep up. A body for which there was no
    /// room is one.
    pub shed: u64,
}

impl Counters {
    /// All reports.
    #[must_use]
    pub const fn received(&self) -> u64 {
        self.accepted + self.filtered + self.rejected + self.over_limit + self.shed
    }
}

impl AddAssign for Counters {
    fn add_assign(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.filtered += other.filtered;
        self.rejected += other.rejected;
        self.over_limit += other.over_limit;
        self.shed += other.shed;
    }
}

impl Serialize for Counters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut counters = serializer.serialize_struct("Counters", 6)?;
        counters.serialize_field("received", &self.received())?;
        counters.serialize_field("accepted", &self.accepted)?;
        counters.serialize_field("filtered", &self.filtered)?;
        counters.serialize_field("rejected", &self.rejected)?;
        counters.serialize_field("over_limit", &self.over_limit)?;
        counters.serialize_field("shed", &self.shed)?;
        counters.end()
    }
}

/// All that a store has counted since it was made: over restarts, and of all collectors that write to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Totals {
    /// The reports of browsers.
    pub counters: Counters,
    /// Accepted reports that are in no group, because there were too many groups. They are counted and no more.
    pub other: u64,
    /// Refusals of the program's own guards, those that are in no group included.
    pub refusals: u64,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.counters += other.counters;
        self.other += other.other;
        self.refusals += other.refusals;
    }
}
