//! Which reports tell of the same breach?

use alloc::string::{String, ToString as _};

use super::RedactedReport;
use crate::Disposition;

/// What the reports of one breach have in common. Whole URLs aren't part of it: each visitor would be a group.
///
/// How many reports a group has says little of users: of five equal breaches on a page, Chromium reports one, Firefox
/// five.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct GroupKey {
    /// The policy, without nonces.
    pub policy: String,
    /// Whether the policy blocks; what isn't said is taken for [`Disposition::Enforce`].
    pub is_enforced: bool,
    /// The origin of the page.
    pub document_origin: String,
    /// The directive.
    pub directive: String,
    /// The origin of what was blocked, or a word such as `inline`.
    pub blocked_origin: String,
    /// The script that did it, without its query.
    pub source_file: Option<String>,
    /// The line in the script.
    pub line: Option<u32>,
}

impl GroupKey {
    /// The group of a report.
    #[must_use]
    pub fn of(report: &RedactedReport) -> Self {
        Self {
            policy: report.original_policy.to_string(),
            is_enforced: report.disposition.unwrap_or_default() == Disposition::Enforce,
            document_origin: super::Resource::of(&report.document_url).to_string(),
            directive: report.effective_directive.to_string(),
            blocked_origin: report.blocked().to_string(),
            source_file: report.source_file.as_deref().map(Into::into),
            line: report.line_number,
        }
    }
}
