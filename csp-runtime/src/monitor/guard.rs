//! What guards refuse.

use alloc::string::String;

use csp_core::report::ViolationReport;

use super::Monitor;
use crate::{Blocked, Observe};

/// An observer for guards, made by [`Monitor::observer`]: what they refuse is kept beside what browsers report. It isn't
/// counted among the reports received, but in [`Totals::refusals`](super::Totals::refusals).
#[derive(Clone, Debug)]
pub struct GuardObserver {
    monitor: Monitor,
    program: String,
}

impl GuardObserver {
    pub(super) const fn new(monitor: Monitor, program: String) -> Self {
        Self { monitor, program }
    }
}

impl Observe for GuardObserver {
    fn refused(&self, blocked: &Blocked) {
        let violation = blocked.violation(&self.program);
        let mut report = ViolationReport::default();
        report.document_url = violation.document_url.into();
        report.blocked_url = violation.blocked_url.into();
        report.effective_directive = violation.effective_directive.into();
        report.original_policy = violation.original_policy.into();
        report.disposition = Some(violation.disposition);
        report.source_file = violation.source_file.map(Into::into);
        report.line_number = violation.line_number;
        self.monitor.refused(&report);
    }
}

impl Monitor {
    fn refused(&self, report: &ViolationReport<'_>) {
        self.shared.intake.take_refusal(report);
        self.shared.wake.notify_one();
    }
}
