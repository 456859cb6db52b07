//! Is what a front end connects to declared? Everything here also runs in const evaluation.

use crate::address::is_loopback;
use crate::matching::difference;
use crate::target::explicit_port;
use crate::{HostPart, HostSource, Keyword, PortPart, Request, SchemePart, SourceExpression, Target, Tokens};

/// How far a source, or a list, covers an endpoint: an origin that a scan has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Coverage {
    /// Every URL of the origin.
    Whole,
    /// The origin, below a path. A scan knows origins only, so that nobody has compared the paths.
    BelowPath,
    /// No URL of it.
    Nothing,
}

/// How far a source covers an endpoint, which is `'self'` or the text of a source.
///
/// ```
/// use csp_core::scan::{Coverage, coverage};
/// use csp_core::SourceExpression;
///
/// let source = SourceExpression::declare("https://*.example.com")?;
/// assert_eq!(coverage("https://api.example.com", &source), Coverage::Whole);
/// assert_eq!(coverage("wss://api.example.com", &source), Coverage::Nothing);
/// # Ok::<(), csp_core::SourceError>(())
/// ```
#[must_use]
pub const fn coverage(endpoint: &str, source: &SourceExpression<'_>) -> Coverage {
    match SourceExpression::parse(endpoint) {
        Some(SourceExpression::Keyword(Keyword::SelfOrigin)) => {
            // The page's own origin is not known before the program runs: only what covers every page covers it.
            if matches!(source, SourceExpression::Keyword(Keyword::SelfOrigin)) || is_star(source) {
                Coverage::Whole
            } else {
                Coverage::Nothing
            }
        }
        Some(SourceExpression::Scheme(scheme)) => {
            let target = Target { scheme, host: "", port: None, path: "" };
            match source {
                SourceExpression::Scheme(_) => compare(source, target),
                _ if is_star(source) && scheme.is_network() => Coverage::Whole,
                _ => Coverage::Nothing,
            }
        }
        Some(SourceExpression::Host(host_source)) => {
            let Some(scheme) = host_source.scheme else { return Coverage::Nothing };
            // Any port: a source with one port covers one of them only.
            if matches!(host_source.port, PortPart::Any)
                && matches!(source, SourceExpression::Host(host) if !matches!(host.port, PortPart::Any))
            {
                return if is_star(source) { Coverage::Whole } else { Coverage::Nothing };
            }
            compare(source, target_of(endpoint, scheme, &host_source))
        }
        _ => Coverage::Nothing,
    }
}

/// How far a list, in its canonical text, covers an endpoint.
///
/// ```
/// use csp_core::scan::{Coverage, coverage_in};
///
/// let list = "'self' https://api.example.com/v1/";
/// assert_eq!(coverage_in(list, "'self'"), Coverage::Whole);
/// assert_eq!(coverage_in(list, "https://api.example.com"), Coverage::BelowPath);
/// assert_eq!(coverage_in(list, "wss://api.example.com"), Coverage::Nothing);
/// ```
#[must_use]
pub const fn coverage_in(list: &str, endpoint: &str) -> Coverage {
    let mut tokens = Tokens::new(list);
    let mut best = Coverage::Nothing;
    while let Some(token) = tokens.next_token() {
        if let Some(source) = SourceExpression::parse(token) {
            match coverage(endpoint, &source) {
                Coverage::Whole => return Coverage::Whole,
                Coverage::BelowPath => best = Coverage::BelowPath,
                Coverage::Nothing => {}
            }
        }
    }
    best
}

/// What stands for the URLs of an endpoint that has a host.
pub(super) const fn target_of<'e>(endpoint: &'e str, scheme: SchemePart<'e>, source: &HostSource<'e>) -> Target<'e> {
    let port = match source.port {
        PortPart::Number(port) => explicit_port(scheme, Some(port)),
        PortPart::Default | PortPart::Any => None,
    };
    Target { scheme, host: host_of(endpoint, scheme, source.host), port, path: "" }
}

/// A host that stands for those of the endpoint. Of a wildcard it is the wildcard itself: what covers every host below
/// `example.com` covers `*.example.com` when it is compared as a name, and no single host does.
const fn host_of<'e>(endpoint: &'e str, scheme: SchemePart<'_>, host: HostPart<'e>) -> &'e str {
    match host {
        HostPart::Exact(host) => host,
        HostPart::Subdomains(parent) => {
            let start = scheme.as_str().len() + "://".len();
            let end = start + "*.".len() + parent.len();
            endpoint.split_at(end).0.split_at(start).1
        }
        HostPart::Any => "*",
    }
}

const fn compare(source: &SourceExpression<'_>, target: Target<'_>) -> Coverage {
    // As after a redirect, where paths don't count.
    if difference(source, &Request::new(target).redirected(true)).is_some() {
        return Coverage::Nothing;
    }
    match source {
        SourceExpression::Host(host) if host.path.as_str().len() > 1 => Coverage::BelowPath,
        _ => Coverage::Whole,
    }
}

const fn is_star(source: &SourceExpression<'_>) -> bool {
    matches!(source, SourceExpression::Host(host)
        if host.scheme.is_none() && matches!(host.host, HostPart::Any) && host.path.is_empty())
}

/// Whether an endpoint is on the user's own machine: a server for development.
#[must_use]
pub const fn is_local(endpoint: &str) -> bool {
    match SourceExpression::parse(endpoint) {
        Some(SourceExpression::Host(host)) => match host.host {
            HostPart::Exact(name) | HostPart::Subdomains(name) => is_loopback(name.as_bytes()),
            HostPart::Any => false,
        },
        _ => false,
    }
}
