//! Where in a URL, and in a source, the part lies that differs.

use std::ops::Range;

use csp_core::{Difference, HostPart, HostSource, SourceExpression};
use url::{Position, Url};

/// The part in the serialized URL; empty where the URL leaves it out.
pub(super) fn of_url(url: &Url, difference: Difference) -> Range<usize> {
    let at = |position| url[..position].len();
    match difference {
        Difference::Host | Difference::Subdomain if url.host().is_some() => {
            at(Position::BeforeHost)..at(Position::AfterHost)
        }
        Difference::Port if url.port().is_none() => at(Position::AfterHost)..at(Position::AfterHost),
        Difference::Port => at(Position::BeforePort)..at(Position::AfterPort),
        Difference::Path => at(Position::BeforePath)..at(Position::AfterPath),
        _ => at(Position::BeforeScheme)..at(Position::AfterScheme),
    }
}

/// User name and password in the serialized URL, which has one of them.
pub(super) fn credentials(url: &Url) -> Range<usize> {
    let end = url[..Position::BeforeHost].len().saturating_sub("@".len());
    url.as_str().find("//").map_or(end, |slashes| slashes + "//".len())..end
}

/// The part in a source as it was written; empty where the source leaves it out.
pub(super) fn of_source(written: &str, source: &SourceExpression<'_>, difference: Difference) -> Range<usize> {
    let SourceExpression::Host(source) = source else { return 0..written.len() };
    let (scheme, host, port) = lengths(written, source);
    match difference {
        Difference::Host | Difference::Subdomain => scheme..scheme + host,
        Difference::Scheme => 0..scheme.saturating_sub("://".len()),
        Difference::Port => scheme + host..scheme + host + port,
        Difference::Path => scheme + host + port..written.len(),
        _ => 0..written.len(),
    }
}

/// Of the scheme with `://`, of the host, and of the port with its colon.
fn lengths(written: &str, source: &HostSource<'_>) -> (usize, usize, usize) {
    let scheme = source.scheme().map_or(0, |scheme| scheme.as_str().len() + "://".len());
    let host = match source.host() {
        HostPart::Exact(name) => name.len(),
        HostPart::Subdomains(parent) => "*.".len() + parent.len(),
        _ => "*".len(),
    };
    let rest = written.get(scheme + host..).unwrap_or_default();
    (scheme, host, rest.find('/').unwrap_or(rest.len()))
}
