//! Does one source cover all that another one covers?

use alloc::vec::Vec;

use super::positions::Positions;
use crate::{HostPart, HostSource, Keyword, PathPart, PortPart, SchemePart, SourceExpression};

/// How many sources of one host are looked at to find one that covers another.
const CANDIDATES: usize = 64;

/// Whether every URL that `narrow` covers is covered by `wide` too, on every page.
pub(crate) fn covers(wide: &SourceExpression<'_>, narrow: &SourceExpression<'_>) -> bool {
    match (wide, narrow) {
        (SourceExpression::Scheme(wide), SourceExpression::Scheme(narrow)) => scheme_covers(*wide, *narrow),
        (SourceExpression::Scheme(wide), SourceExpression::Host(narrow)) => {
            narrow.scheme.is_some_and(|narrow| scheme_covers(*wide, narrow))
        }
        (SourceExpression::Host(wide), SourceExpression::Scheme(narrow)) => {
            wide.scheme.is_none() && narrow.is_network()
        }
        (SourceExpression::Host(wide), SourceExpression::Host(narrow)) => host_source_covers(wide, narrow),
        (SourceExpression::Host(wide), SourceExpression::Keyword(Keyword::SelfOrigin)) => wide.scheme.is_none(),
        _ => false,
    }
}

/// `wide` has no scheme only where it is `*`.
fn host_source_covers(wide: &HostSource<'_>, narrow: &HostSource<'_>) -> bool {
    let Some(scheme) = wide.scheme else { return narrow.scheme.is_some() };
    let hosts = match (wide.host, narrow.host) {
        (HostPart::Any, _) => true,
        (HostPart::Exact(_) | HostPart::Subdomains(_), HostPart::Any)
        | (HostPart::Exact(_), HostPart::Subdomains(_)) => false,
        (HostPart::Exact(wide), HostPart::Exact(narrow)) => wide == narrow,
        (HostPart::Subdomains(wide), HostPart::Subdomains(narrow)) if wide == narrow => true,
        (wide @ HostPart::Subdomains(_), HostPart::Exact(narrow) | HostPart::Subdomains(narrow)) => {
            wide.matches(narrow)
        }
    };
    let number = |source: &HostSource<'_>| match source.port {
        PortPart::Default => source.scheme.and_then(SchemePart::default_port),
        PortPart::Number(number) => Some(number),
        PortPart::Any => None,
    };
    let ports = match (wide.port, narrow.port) {
        (PortPart::Any, _) => true,
        (_, PortPart::Any) => false,
        _ if narrow.scheme == Some(scheme) => number(wide) == number(narrow),
        // An upgrade goes from one default port to the other.
        _ => number(wide) == Some(80) && number(narrow) == Some(443),
    };
    hosts
        && ports
        && narrow.scheme.is_some_and(|narrow| scheme_covers(scheme, narrow))
        && path_covers(wide.path, narrow.path)
}

fn scheme_covers(wide: SchemePart<'_>, narrow: SchemePart<'_>) -> bool {
    wide == narrow
        || matches!((wide, narrow), (SchemePart::Http, SchemePart::Https) | (SchemePart::Ws, SchemePart::Wss))
}

fn path_covers(wide: PathPart<'_>, narrow: PathPart<'_>) -> bool {
    let (wide, narrow) = (wide.as_str(), if narrow.is_empty() { "/" } else { narrow.as_str() });
    wide.is_empty() || wide == narrow || (wide.ends_with('/') && narrow.starts_with(wide))
}

/// The sources by what they could cover.
pub(super) struct Shadows<'a> {
    everywhere: Vec<usize>,
    exact: Positions<'a>,
    parents: Positions<'a>,
}

impl<'a> Shadows<'a> {
    pub(super) fn new(sources: &[Option<SourceExpression<'a>>]) -> Self {
        let count = sources.len();
        let mut shadows = Self { everywhere: Vec::new(), exact: Positions::new(count), parents: Positions::new(count) };
        for (position, source) in sources.iter().enumerate() {
            match source {
                Some(SourceExpression::Host(HostSource { host: HostPart::Exact(host), .. })) => {
                    shadows.exact.push(host, position);
                }
                Some(SourceExpression::Host(HostSource { host: HostPart::Subdomains(parent), .. })) => {
                    shadows.parents.push(parent, position);
                }
                Some(SourceExpression::Host(_) | SourceExpression::Scheme(_))
                    if shadows.everywhere.len() < CANDIDATES =>
                {
                    shadows.everywhere.push(position);
                }
                _ => {}
            }
        }
        shadows
    }

    /// The first source that may cover this one and that `accept` accepts.
    pub(super) fn find(&self, source: &SourceExpression<'_>, accept: impl Fn(usize) -> bool) -> Option<usize> {
        if let Some(found) = self.everywhere.iter().copied().find(|position| accept(*position)) {
            return Some(found);
        }
        let SourceExpression::Host(HostSource { host: HostPart::Exact(host) | HostPart::Subdomains(host), .. }) =
            source
        else {
            return None;
        };
        if let Some(found) = self.exact.of(host).take(CANDIDATES).find(|position| accept(*position)) {
            return Some(found);
        }
        if self.parents.is_empty() {
            return None;
        }
        let mut parent = Some(*host);
        while let Some(name) = parent {
            if let Some(found) = self.parents.of(name).take(CANDIDATES).find(|position| accept(*position)) {
                return Some(found);
            }
            parent = name.split_once('.').map(|(_, parent)| parent);
        }
        None
    }
}
