//! From the body of a request to reports.

use alloc::vec::Vec;
use core::fmt;

use serde::de::{Deserializer as _, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::entry::{Entry, read};
use super::{BodyError, BodyErrorKind, Limits, Rejection, RejectionKind, ViolationReport};

/// How many entries there were, and what became of them: `accepted + filtered + rejected + over_limit == received`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub received: usize,
    /// Those that are violation reports.
    pub accepted: usize,
    /// Those of another type, which browsers send in the same array.
    pub filtered: usize,
    /// Those that can't be read.
    pub rejected: usize,
    /// Those that weren't looked at, because there were too many before them.
    pub over_limit: usize,
}

impl core::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.received += other.received;
        self.accepted += other.accepted;
        self.filtered += other.filtered;
        self.rejected += other.rejected;
        self.over_limit += other.over_limit;
    }
}

/// What a body had in it. Reports borrow from the body where they can.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch<'a> {
    reports: Vec<ViolationReport<'a>>,
    rejections: Vec<Rejection>,
    filtered: usize,
    over_limit: usize,
}

impl<'a> Batch<'a> {
    /// The violation reports, in their order.
    #[must_use]
    pub fn reports(&self) -> &[ViolationReport<'a>] {
        &self.reports
    }

    /// The violation reports, in their order.
    #[must_use]
    pub fn into_reports(self) -> Vec<ViolationReport<'a>> {
        self.reports
    }

    /// What couldn't be read, and why.
    #[must_use]
    pub fn rejections(&self) -> &[Rejection] {
        &self.rejections
    }

    /// How many entries there were, and what became of them.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        let (accepted, rejected) = (self.reports.len(), self.rejections.len());
        let received = accepted + rejected + self.filtered + self.over_limit;
        Counts { received, accepted, filtered: self.filtered, rejected, over_limit: self.over_limit }
    }

    /// How many entries were looked at.
    const fn seen(&self) -> usize {
        self.reports.len() + self.rejections.len() + self.filtered
    }

    fn take(&mut self, entry: Result<Entry<'a>, RejectionKind>) {
        match entry {
            Ok(Entry::Violation(report)) => self.reports.push(*report),
            Ok(Entry::OtherType) => self.filtered += 1,
            Err(kind) => self.rejections.push(Rejection { index: self.seen(), kind }),
        }
    }
}

/// Reads the body of a request: one report, or an array of them.
///
/// The format is told by its shape: `{"csp-report": {…}}`, or objects with `type` and `body` of the
/// [Reporting API](https://www.w3.org/TR/reporting-1/), alone or in an array. What browsers and their older versions do
/// otherwise is read too: names twice, numbers as strings, members that aren't known, a byte order mark. An entry that
/// can't be read is counted and doesn't lose the others. However deep values are nested, the stack doesn't grow.
///
/// # Errors
///
/// If the body as a whole is longer than the [limits](Limits), or no JSON.
pub fn parse<'a>(body: &'a [u8], limits: &Limits) -> Result<Batch<'a>, BodyError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let first = body.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    let limit = if first == Some(&b'[') { limits.batch_bytes } else { limits.single_bytes };
    if body.len() > limit {
        return Err(BodyError::new(BodyErrorKind::TooLong { limit }));
    }
    let text = core::str::from_utf8(body).map_err(|_| BodyError::new(BodyErrorKind::NotUtf8))?;
    match first {
        None => Err(BodyError::new(BodyErrorKind::Empty)),
        Some(b'[') => parse_array(text, limits.entries),
        Some(b'{') => parse_object(text),
        Some(_) => {
            check_json(text)?;
            Err(BodyError::new(BodyErrorKind::NotReports))
        }
    }
}

fn parse_object(text: &str) -> Result<Batch<'_>, BodyError> {
    let mut batch = Batch::default();
    match read(text.trim_ascii_start()) {
        // What is no JSON is no entry either.
        Err(RejectionKind::Unreadable) => {
            check_json(text)?;
            batch.take(Err(RejectionKind::Unreadable));
        }
        entry => batch.take(entry),
    }
    Ok(batch)
}

fn check_json(text: &str) -> Result<(), BodyError> {
    serde_json::from_str::<IgnoredAny>(text).map(|_| ()).map_err(|error| BodyError::not_json(&error))
}

fn parse_array(text: &str, entries: usize) -> Result<Batch<'_>, BodyError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let batch = json.deserialize_seq(Entries { entries }).map_err(|error| BodyError::not_json(&error))?;
    json.end().map_err(|error| BodyError::not_json(&error))?;
    Ok(batch)
}

struct Entries {
    /// How many are looked at.
    entries: usize,
}

impl<'de> Visitor<'de> for Entries {
    type Value = Batch<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut batch = Batch::default();
        while batch.seen() < self.entries {
            let Some(entry) = array.next_element::<&'de RawValue>()? else { return Ok(batch) };
            batch.take(read(entry.get()));
        }
        while array.next_element::<IgnoredAny>()?.is_some() {
            batch.over_limit += 1;
        }
        Ok(batch)
    }
}
