//! A report as a violation, whoever noticed it.

use alloc::borrow::Cow;

use csp_core::report::RedactedReport;

use crate::Violation;

/// What a report doesn't say of the disposition is taken for `enforce`.
impl From<&RedactedReport> for Violation {
    fn from(report: &RedactedReport) -> Self {
        let text = |text: &Option<Cow<'static, str>>| text.as_deref().map(Into::into);
        Self {
            document_url: report.document_url.clone().into_owned(),
            referrer: text(&report.referrer),
            blocked_url: report.blocked_url.clone().into_owned(),
            effective_directive: report.effective_directive.clone().into_owned(),
            original_policy: report.original_policy.clone().into_owned(),
            disposition: report.disposition.unwrap_or_default(),
            source_file: text(&report.source_file),
            line_number: report.line_number,
            column_number: report.column_number,
            sample: text(&report.sample),
            status_code: report.status_code.unwrap_or_default(),
        }
    }
}
