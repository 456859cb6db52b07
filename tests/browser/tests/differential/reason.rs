//! Why a browser allows what we block: every reason that is known, and that csp-core's README tells.

use csp_core::{
    Difference, HostSource, Keyword, Origin, PolicyList, PortPart, SchemePart, SourceExpression, Target, Verdict,
    difference,
};

use crate::generate::{Attempt, Page};
use crate::ours::{Hop, hops};

/// Both browsers give `'self'` of an http page a better scheme on the page's own port, 80 if it has none. For the
/// specification and for a reader another port is another origin.
const SELF_ON_PORT_80: &str = "'self' of an http page, https or wss URL on port 80";

/// Firefox looks at the scheme and the port each on its own. `http://a:8080` is meant for a server that speaks plain text
/// there; for Chromium a better scheme needs the better scheme's default port.
const BETTER_SCHEME_SAME_PORT: &str = "better scheme on the source's own port";

/// The other half of it: Firefox takes port 443 for port 80 although the scheme stays the one for plain text.
const BETTER_PORT_SAME_SCHEME: &str = "port 443 for port 80 without a better scheme";

/// Why Chromium allows what we block; `None` if no reason is known.
pub(crate) fn chromium(page: &Page, attempt: &Attempt) -> Option<&'static str> {
    explain(page, attempt, |source, _, target, origin| match source {
        SourceExpression::Keyword(Keyword::SelfOrigin) => self_reason(target, origin),
        _ => None,
    })
}

/// Why Firefox allows what we block; `None` if no reason is known.
pub(crate) fn firefox(page: &Page, attempt: &Attempt) -> Option<&'static str> {
    explain(page, attempt, |source, hop, target, origin| match source {
        SourceExpression::Keyword(Keyword::SelfOrigin) => {
            // Firefox reads it as the page's origin in a host-source.
            let port = origin.port().or(origin.scheme().default_port())?;
            self_reason(target, origin).or_else(|| better_port_reason(port, origin.scheme(), target))
        }
        SourceExpression::Host(host) if hop.redirected || host.path().matches(target.path()) => {
            port_reason(host, target)
        }
        _ => None,
    })
}

/// The reason of a source, for the last policy that blocks one of the requests; `None` if one of them has no such source.
///
/// Only sources are asked that differ from the request in the port.
fn explain(
    page: &Page,
    attempt: &Attempt,
    reason: impl Fn(&SourceExpression<'_>, &Hop, &Target<'_>, &Origin) -> Option<&'static str>,
) -> Option<&'static str> {
    let origin = Origin::parse(page.origin)?;
    let policies = PolicyList::parse(&page.policy);
    let mut found = None;
    for hop in hops(attempt)? {
        let request = hop.request(&origin);
        for policy in &policies.policies {
            if policy.decide_connect(&request).verdict == Verdict::Allow {
                continue;
            }
            let sources = policy.effective_connect_directive()?.sources()?;
            let mut near = sources.iter().filter(|source| difference(source, &request) == Some(Difference::Port));
            found = Some(near.find_map(|source| reason(source, &hop, request.target(), &origin))?);
        }
    }
    found
}

fn self_reason(target: &Target<'_>, origin: &Origin) -> Option<&'static str> {
    let secure = matches!(target.scheme(), SchemePart::Https | SchemePart::Wss);
    let plain = origin.scheme() == SchemePart::Http && origin.port().is_none();
    (secure && plain && target.port() == Some(80)).then_some(SELF_ON_PORT_80)
}

fn port_reason(source: &HostSource<'_>, target: &Target<'_>) -> Option<&'static str> {
    let scheme = source.scheme()?;
    let own = match source.port() {
        PortPart::Number(own) => own,
        PortPart::Default => scheme.default_port()?,
        _ => return None,
    };
    if !scheme.is(target.scheme()) {
        return (target.effective_port() == Some(own)).then_some(BETTER_SCHEME_SAME_PORT);
    }
    better_port_reason(own, scheme, target)
}

fn better_port_reason(own: u16, scheme: SchemePart<'_>, target: &Target<'_>) -> Option<&'static str> {
    let plain = [SchemePart::Http, SchemePart::Ws];
    let same = scheme.is(target.scheme()) || (plain.contains(&scheme) && plain.contains(&target.scheme()));
    (same && own == 80 && target.effective_port() == Some(443)).then_some(BETTER_PORT_SAME_SCHEME)
}
