//! Which headers a response gets of a policy: the one place that says so.

use csp_core::Disposition;

use crate::policy::Allowlist;
use crate::{ExtendedPolicy, Policy};

/// A header that a policy may bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResponseHeader {
    Policy(Disposition),
    ReportingEndpoints,
    ConnectionAllowlist(Disposition),
}

/// How many there are besides the policy itself.
pub(crate) const OTHERS: usize = 2;

impl ResponseHeader {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Policy(Disposition::Enforce) => "Content-Security-Policy",
            Self::Policy(Disposition::Report) => "Content-Security-Policy-Report-Only",
            Self::ReportingEndpoints => "Reporting-Endpoints",
            Self::ConnectionAllowlist(Disposition::Enforce) => "Connection-Allowlist",
            Self::ConnectionAllowlist(Disposition::Report) => "Connection-Allowlist-Report-Only",
        }
    }
}

impl Policy {
    /// The headers that go with the policy's own.
    pub(crate) const fn other_headers(&self) -> [Option<(ResponseHeader, &'static str)>; OTHERS] {
        let reporting_endpoints = match self.reporting_endpoints() {
            Some(value) => Some((ResponseHeader::ReportingEndpoints, value)),
            None => None,
        };
        let connection_allowlist = match self.allowlist() {
            Some(Allowlist { value, report_only, .. }) => {
                let disposition = if report_only { Disposition::Report } else { Disposition::Enforce };
                Some((ResponseHeader::ConnectionAllowlist(disposition), value))
            }
            None => None,
        };
        [reporting_endpoints, connection_allowlist]
    }

    /// Every header of a response under this policy, name and value: the policy's own, and `Reporting-Endpoints` where it
    /// says where reports go, `Connection-Allowlist` where one is declared. For whatever takes text; the frameworks' ways
    /// are in [`frameworks`](crate::frameworks).
    ///
    /// ```
    /// csp_runtime::policy! {
    ///     static PAGE = { use_defaults: true, report_to: "csp" => "https://reports.example.com/csp" };
    /// }
    /// let mut response = String::from("HTTP/1.1 200 OK\r\n");
    /// for (name, value) in PAGE.headers() {
    ///     response += &format!("{name}: {value}\r\n");
    /// }
    /// assert!(response.contains("\r\nContent-Security-Policy: default-src 'self';"));
    /// assert!(response.ends_with("\r\nReporting-Endpoints: csp=\"https://reports.example.com/csp\"\r\n"));
    /// ```
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let others = self.other_headers().into_iter().flatten().map(|(header, value)| (header.as_str(), value));
        core::iter::once((self.header_name(), self.header())).chain(others)
    }
}

impl ExtendedPolicy {
    /// The headers that go with the policy's own.
    pub(crate) fn other_headers(&self) -> [Option<(ResponseHeader, &str)>; OTHERS] {
        let [reporting_endpoints, connection_allowlist] = self.base().other_headers();
        // It names the additions too.
        let extended = connection_allowlist.zip(self.allowlist()).map(|((header, _), value)| (header, value));
        [reporting_endpoints, extended]
    }

    /// As [`Policy::headers`].
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let others = self.other_headers().into_iter().flatten().map(|(header, value)| (header.as_str(), value));
        core::iter::once((self.base().header_name(), self.header())).chain(others)
    }
}
