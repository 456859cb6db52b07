//! From the body of a request to groups.

use core::hash::{BuildHasher as _, Hash as _, Hasher as _};
use core::time::Duration;
use std::hash::RandomState;
use std::sync::{Mutex, MutexGuard, PoisonError};

use csp_core::Disposition;
use csp_core::report::{
    BodyError, BodyErrorKind, Class, GroupKey, Limits, OwnPolicies, PolicyMatch, RedactedReport, ViolationReport,
    classify, parse, redact,
};

use super::aggregate::{Aggregate, Noticed};
use super::{Caps, Counters, GroupId, NoticedBy, Sample, Timestamp, Totals};

/// A report can't be older: browsers give up before.
const LONGEST_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// What a request says of its reports, beside its body.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Delivery<'a> {
    /// The disposition of reports that don't say theirs: what `?d=e` and `?d=r` of the endpoint's URL are for.
    pub disposition: Option<Disposition>,
    /// The browser of reports that don't say theirs: the header `User-Agent`.
    pub user_agent: Option<&'a str>,
}

impl<'a> Delivery<'a> {
    /// What the query of a request's URL says, and its header `User-Agent`.
    #[must_use]
    pub fn new(query: Option<&str>, user_agent: Option<&'a str>) -> Self {
        let disposition = query.unwrap_or_default().split('&').find_map(|parameter| match parameter {
            "d=e" => Some(Disposition::Enforce),
            "d=r" => Some(Disposition::Report),
            _ => None,
        });
        Self { disposition, user_agent }
    }
}

/// Reads bodies, and adds up what is in them.
#[derive(Debug)]
pub(super) struct Intake {
    own: OwnPolicies,
    limits: Limits,
    aggregate: Mutex<Aggregate>,
    /// Nobody who sends reports knows its keys.
    state: RandomState,
}

impl Intake {
    pub(super) fn new(own: OwnPolicies, limits: Limits, caps: Caps, known: alloc::vec::Vec<GroupId>) -> Self {
        Self { own, limits, aggregate: Mutex::new(Aggregate::new(caps, known)), state: RandomState::new() }
    }

    pub(super) const fn limits(&self) -> Limits {
        self.limits
    }

    pub(super) fn aggregate(&self) -> MutexGuard<'_, Aggregate> {
        // Nothing that holds the lock calls code of others.
        self.aggregate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn count(&self, counters: Counters) {
        self.aggregate().count(Totals { counters, ..Totals::default() });
    }

    /// Reads a body and counts what is in it.
    pub(super) fn take(&self, body: &[u8], delivery: &Delivery<'_>) -> Result<(), BodyError> {
        let batch = match parse(body, &self.limits) {
            Ok(batch) => batch,
            Err(error) => {
                self.count(match error.kind() {
                    BodyErrorKind::TooLong { .. } => Counters { over_limit: 1, ..Counters::default() },
                    _ => Counters { rejected: 1, ..Counters::default() },
                });
                return Err(error);
            }
        };
        let now = Timestamp::now();
        let counts = batch.counts();
        let [filtered, rejected, over_limit] =
            [counts.filtered, counts.rejected, counts.over_limit].map(|count| u64::try_from(count).unwrap_or(u64::MAX));
        if filtered + rejected + over_limit > 0 {
            self.count(Counters { filtered, rejected, over_limit, ..Counters::default() });
        }
        for mut report in batch.into_reports() {
            report.disposition = report.disposition.or(delivery.disposition);
            if report.user_agent.is_none() {
                report.user_agent = delivery.user_agent.map(Into::into);
            }
            self.take_report(&report, now);
        }
        Ok(())
    }

    fn take_report(&self, report: &ViolationReport<'_>, now: Timestamp) {
        let age = Duration::from_millis(report.age.unwrap_or_default()).min(LONGEST_AGE);
        let time = now.before(age);
        let fingerprint = self.fingerprint(report);
        if self.aggregate().recognize(fingerprint, time) {
            return;
        }
        let classification = classify(report, &self.own);
        let noticed = noticed(&redact(report), classification.class, classification.policy, NoticedBy::Browser, time);
        self.aggregate().take(noticed, Some(fingerprint), now);
    }

    /// Takes in a refusal of a guard.
    pub(super) fn take_refusal(&self, report: &ViolationReport<'_>) {
        let now = Timestamp::now();
        let noticed = noticed(&redact(report), Class::Violation, PolicyMatch::ThisBuild, NoticedBy::Guard, now);
        self.aggregate().take(noticed, None, now);
    }

    /// A number for all that a report says but its age.
    fn fingerprint(&self, report: &ViolationReport<'_>) -> u64 {
        let mut hasher = self.state.build_hasher();
        report.document_url.hash(&mut hasher);
        report.referrer.hash(&mut hasher);
        report.blocked_url.hash(&mut hasher);
        report.effective_directive.hash(&mut hasher);
        report.original_policy.hash(&mut hasher);
        report.disposition.hash(&mut hasher);
        report.status_code.hash(&mut hasher);
        report.source_file.hash(&mut hasher);
        report.line_number.hash(&mut hasher);
        report.column_number.hash(&mut hasher);
        report.sample.hash(&mut hasher);
        report.user_agent.hash(&mut hasher);
        hasher.finish()
    }
}

fn noticed(
    report: &RedactedReport,
    class: Class,
    policy: PolicyMatch,
    noticed_by: NoticedBy,
    time: Timestamp,
) -> Noticed {
    let key = GroupKey::of(report);
    let id = GroupId::of(&key, class, noticed_by);
    Noticed { id, key, class, policy, noticed_by, sample: Sample::of(report, time) }
}
