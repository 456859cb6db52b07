//! What we decide of an attempt.

use csp_core::{Origin, PolicyList, Request, SchemePart, Target};
use url::Url;

use crate::generate::{Attempt, Page, REDIRECTOR};

/// What becomes of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Allow,
    Block,
    /// The URL can't be parsed.
    Error,
}

pub(crate) fn verdict(page: &Page, attempt: &Attempt) -> Verdict {
    let Ok(url) = Url::parse(&attempt.url) else { return Verdict::Error };
    let first = Url::parse(&format!("http://{REDIRECTOR}/")).unwrap();
    let mut hops = if attempt.redirected { vec![(first, false)] } else { Vec::new() };
    hops.push((url, attempt.redirected));
    let origin = Origin::parse(page.origin).unwrap();
    let policies = PolicyList::parse(&page.policy);
    let blocked = hops.iter().any(|(url, redirected)| {
        let request = Request::new(target(url)).from_origin(&origin).redirected(*redirected);
        policies.decide_connect(&request).verdict == csp_core::Verdict::Block
    });
    if blocked { Verdict::Block } else { Verdict::Allow }
}

fn target(url: &Url) -> Target<'_> {
    Target::new(url.scheme(), url.host_str().unwrap_or_default(), url.port(), url.path())
}

/// The one row of the decision table where we are stricter on purpose: `'self'` of an http page, for a secure URL whose
/// port is 80. The specification and a reader expect that another port is another origin.
pub(crate) fn is_known_difference(page: &Page, attempt: &Attempt) -> bool {
    let (Ok(url), Some(origin)) = (Url::parse(&attempt.url), Origin::parse(page.origin)) else { return false };
    let target = target(&url);
    page.policy.to_ascii_lowercase().contains("'self'")
        && matches!(target.scheme(), SchemePart::Https | SchemePart::Wss)
        && target.port() == Some(80)
        && target.host() == origin.host()
        && origin.scheme() == SchemePart::Http
        && origin.port().is_none()
}
