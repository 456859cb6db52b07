//! Which reports tell of the same breach?

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use super::{RedactedReport, Resource};
use crate::{DirectiveName, Disposition};

/// What the reports of one breach have in common. Whole URLs aren't part of it: each visitor would be a group.
///
/// How many reports a group has says little of users: of five equal breaches on a page, Chromium reports one, Firefox
/// five.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct GroupKey {
    /// The policy, without nonces, and without where it reports to: Firefox resolves that, Chromium doesn't.
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
            policy: without_endpoints(&report.original_policy),
            is_enforced: report.disposition.unwrap_or_default() == Disposition::Enforce,
            document_origin: Resource::of(&report.document_url).to_string(),
            directive: report.effective_directive.to_string(),
            blocked_origin: report.blocked().to_string(),
            source_file: report.source_file.as_deref().map(Into::into),
            line: report.line_number,
        }
    }
}

/// The directives of a policy as they are written, but those that say where it reports to.
fn without_endpoints(policy: &str) -> String {
    let is_endpoint = |directive: &str| {
        let name = directive.split(' ').next().and_then(DirectiveName::from_name);
        matches!(name, Some(DirectiveName::ReportTo | DirectiveName::ReportUri))
    };
    let directives = policy.split(';').map(|directive| directive.trim_matches(' '));
    let kept: Vec<_> = directives.filter(|directive| !directive.is_empty() && !is_endpoint(directive)).collect();
    kept.join("; ")
}
