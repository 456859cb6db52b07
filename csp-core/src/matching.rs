//! Does a source cover a URL? The algorithms of [CSP3, 6.7.2](https://www.w3.org/TR/CSP3/#match-url-to-source-list),
//! decided as Chromium decides them.
//!
//! Where the specification's letter and Chromium differ, Chromium's answer is taken: it was never looser than
//! Firefox's on the sources that a declaration admits. The README lists where a browser allows more than we do. Everything
//! here also runs in const evaluation.

use crate::{HostPart, HostSource, Keyword, Origin, PortPart, SchemePart, SourceExpression, Target};

/// A connection that a page or a program wants to make.
///
/// ```
/// use csp_core::{Origin, Policy, Request, Target, Verdict};
///
/// let policy = Policy::parse("connect-src 'self' https://api.example.com/v1/");
/// let shop = Origin::parse("https://shop.example.com").unwrap();
/// let decide = |url, redirected| {
///     let request = Request::new(Target::canonical(url).unwrap()).from_origin(&shop).redirected(redirected);
///     policy.decide_connect(&request).verdict
/// };
/// assert_eq!(decide("https://shop.example.com/cart", false), Verdict::Allow);
/// assert_eq!(decide("https://api.example.com/v2/users", false), Verdict::Block);
/// assert_eq!(decide("https://api.example.com/v2/users", true), Verdict::Allow);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub(crate) target: Target<'a>,
    pub(crate) self_origin: Option<&'a Origin>,
    pub(crate) redirected: bool,
}

impl<'a> Request<'a> {
    /// A first request, not redirected, from nowhere: `'self'` and scheme-less sources cover nothing.
    #[must_use]
    pub const fn new(target: Target<'a>) -> Self {
        Self { target, self_origin: None, redirected: false }
    }

    /// From a page of this origin, the one that `'self'` stands for.
    #[must_use]
    pub const fn from_origin(mut self, self_origin: &'a Origin) -> Self {
        self.self_origin = Some(self_origin);
        self
    }

    /// Whether the URL is the target of a redirect. Browsers don't look at paths then, lest a page learn from the
    /// policy where a redirect leads.
    #[must_use]
    pub const fn redirected(mut self, redirected: bool) -> Self {
        self.redirected = redirected;
        self
    }

    /// What the request goes to.
    #[must_use]
    pub const fn target(&self) -> &Target<'a> {
        &self.target
    }
}

/// The first part, in the order in which people should look, in which a URL differs from a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// The host.
    Host,
    /// The host is the parent of `*.…`, which covers only hosts below it.
    Subdomain,
    /// The scheme.
    Scheme,
    /// The port.
    Port,
    /// The path.
    Path,
}

impl Difference {
    /// In words, such as `host differs`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host differs",
            Self::Subdomain => "`*.` covers only hosts below it",
            Self::Scheme => "scheme differs",
            Self::Port => "port differs",
            Self::Path => "path differs",
        }
    }
}

/// The first of the sources that covers the request
/// ([CSP3, "Does url match source list"](https://www.w3.org/TR/CSP3/#match-url-to-source-list)).
///
/// ```
/// use csp_core::{Request, SourceExpression, Target, covering};
///
/// let sources = ["https://api.example.com", "https://*.example.net"].map(SourceExpression::parse).map(Option::unwrap);
/// let request = |url| Request::new(Target::canonical(url).unwrap());
/// assert_eq!(covering(&sources, &request("https://cdn.example.net/a.js")), Some(1));
/// assert_eq!(covering(&sources, &request("https://example.net/")), None);
/// ```
#[must_use]
pub const fn covering(sources: &[SourceExpression<'_>], request: &Request<'_>) -> Option<usize> {
    let mut index = 0;
    while index < sources.len() {
        if difference(&sources[index], request).is_none() {
            return Some(index);
        }
        index += 1;
    }
    None
}

/// In what the request differs from the source; `None` if the source covers it.
///
/// A source that never covers a URL, such as a nonce, differs in the host.
///
/// ```
/// use csp_core::{Difference, Request, SourceExpression, Target, difference};
///
/// let source = SourceExpression::declare("https://api.example.com")?;
/// let request = |url| Request::new(Target::canonical(url).unwrap());
/// assert_eq!(difference(&source, &request("https://api.example.com/v1/users")), None);
/// assert_eq!(difference(&source, &request("wss://api.example.com/")), Some(Difference::Scheme));
/// assert_eq!(difference(&source, &request("https://api.example.com:8443/")), Some(Difference::Port));
/// # Ok::<(), csp_core::SourceError>(())
/// ```
#[must_use]
pub const fn difference(source: &SourceExpression<'_>, request: &Request<'_>) -> Option<Difference> {
    let target = &request.target;
    match source {
        SourceExpression::Host(host) => host_source_difference(host, request),
        SourceExpression::Scheme(scheme) => match scheme_match(*scheme, target.scheme) {
            SchemeMatch::No => Some(Difference::Scheme),
            SchemeMatch::Exact | SchemeMatch::Upgrade => None,
        },
        SourceExpression::Keyword(Keyword::SelfOrigin) => match request.self_origin {
            Some(origin) => self_difference(origin, target),
            None => Some(Difference::Host),
        },
        SourceExpression::Keyword(_) | SourceExpression::Nonce(_) | SourceExpression::Hash(_) => Some(Difference::Host),
    }
}

enum SchemeMatch {
    No,
    Exact,
    /// `http` for `https`, `ws` for `wss`.
    Upgrade,
}

enum PortMatch {
    No,
    Exact,
    /// Any port goes, or both have none.
    Open,
    /// From a port for plain text to 443.
    Upgrade,
}

const fn host_source_difference(source: &HostSource<'_>, request: &Request<'_>) -> Option<Difference> {
    let target = &request.target;
    let scheme = match (source.scheme, request.self_origin) {
        _ if is_bare_star(source) && target.scheme.is_network() => return None,
        (Some(scheme), _) => scheme,
        (None, Some(origin)) => origin.scheme(),
        (None, None) => return Some(Difference::Scheme),
    };
    if !source.host.matches(target.host) {
        if let HostPart::Subdomains(parent) = source.host
            && HostPart::Exact(parent).matches(target.host)
        {
            return Some(Difference::Subdomain);
        }
        return Some(Difference::Host);
    }
    let schemes = scheme_match(scheme, target.scheme);
    let ports = port_match(source.port, scheme, target);
    match (schemes, ports) {
        (SchemeMatch::No, _) => return Some(Difference::Scheme),
        (_, PortMatch::No) | (SchemeMatch::Upgrade, PortMatch::Exact) | (SchemeMatch::Exact, PortMatch::Upgrade) => {
            return Some(Difference::Port);
        }
        (SchemeMatch::Exact, PortMatch::Exact | PortMatch::Open)
        | (SchemeMatch::Upgrade, PortMatch::Open | PortMatch::Upgrade) => {}
    }
    if request.redirected || source.path.matches(target.path) { None } else { Some(Difference::Path) }
}

/// `*`, which stands for every URL of the network's schemes, whatever the page's.
const fn is_bare_star(source: &HostSource<'_>) -> bool {
    matches!(source.host, HostPart::Any)
        && source.scheme.is_none()
        && matches!(source.port, PortPart::Default)
        && source.path.is_empty()
}

const fn scheme_match(source: SchemePart<'_>, target: SchemePart<'_>) -> SchemeMatch {
    match (source, target) {
        (SchemePart::Http, SchemePart::Https) | (SchemePart::Ws, SchemePart::Wss) => SchemeMatch::Upgrade,
        _ if source.is(target) => SchemeMatch::Exact,
        _ => SchemeMatch::No,
    }
}

const fn port_match(source: PortPart, scheme: SchemePart<'_>, target: &Target<'_>) -> PortMatch {
    match (source, target.port) {
        (PortPart::Any, _) | (PortPart::Default, None) => return PortMatch::Open,
        (PortPart::Number(own), Some(port)) if own == port => return PortMatch::Exact,
        _ => {}
    }
    let from_plain = match source {
        PortPart::Number(80) => true,
        PortPart::Number(443) | PortPart::Default => matches!(scheme, SchemePart::Http),
        PortPart::Number(_) | PortPart::Any => false,
    };
    if from_plain && matches!(target.effective_port(), Some(443)) {
        return PortMatch::Upgrade;
    }
    match (source, target.port, target.scheme.default_port()) {
        (PortPart::Number(own), None, Some(default)) if own == default => PortMatch::Exact,
        _ => PortMatch::No,
    }
}

/// `'self'`: the page's origin, and its secure and WebSocket siblings on the same or the default port.
pub(crate) const fn self_difference(origin: &Origin, target: &Target<'_>) -> Option<Difference> {
    if !HostPart::Exact(origin.host()).matches(target.host) {
        return Some(Difference::Host);
    }
    let own = origin.scheme();
    let sibling = match target.scheme {
        SchemePart::Https | SchemePart::Wss => true,
        SchemePart::Http | SchemePart::Ws => matches!(own, SchemePart::Http),
        SchemePart::Other(_) => false,
    };
    if !(sibling || own.is(target.scheme)) {
        return Some(Difference::Scheme);
    }
    match (origin.port(), target.port) {
        (None, None) => None,
        (Some(own), Some(port)) if own == port => None,
        _ => Some(Difference::Port),
    }
}
