use csp_core::{Disposition, NONCE_HOLE};

use crate::declarations::{Allowlist, Declaration};

/// The headers of a declaration: the policy first.
pub(super) struct Headers<'d> {
    /// What declares them.
    pub(super) title: String,
    /// Names and values.
    pub(super) list: Vec<(&'static str, &'d str)>,
    pub(super) is_report_only: bool,
}

impl<'d> Headers<'d> {
    pub(super) fn of(declaration: &'d Declaration) -> Self {
        let is_report_only = declaration.disposition == Disposition::Report;
        let name = if is_report_only { "Content-Security-Policy-Report-Only" } else { "Content-Security-Policy" };
        let mut list = vec![(name, declaration.header.as_str())];
        list.extend(declaration.reporting_endpoints.as_deref().map(|value| ("Reporting-Endpoints", value)));
        list.extend(declaration.connection_allowlist.as_ref().map(|Allowlist { value, report_only, .. }| {
            let name = if *report_only { "Connection-Allowlist-Report-Only" } else { "Connection-Allowlist" };
            (name, value.as_str())
        }));
        Self { title: declaration.title(), list, is_report_only }
    }

    /// The value of the policy.
    pub(super) fn policy(&self) -> &'d str {
        self.list.first().map_or("", |(_, value)| value)
    }

    pub(super) fn takes_nonce(&self) -> bool {
        self.policy().contains(NONCE_HOLE)
    }
}
