//! What we decide of an attempt.

use csp_core::{Origin, PolicyList, Request, Target};
use url::Url;

use crate::generate::{Attempt, Page, REDIRECTOR};

/// What becomes of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Allow,
    Block,
    /// The URL can't be parsed.
    Error,
    /// No violation and no request, or both: of a browser only.
    Unclear,
    /// No request, with the policy or without: of a browser only.
    Unmade,
}

/// A request that an attempt leads to.
pub(crate) struct Hop {
    url: Url,
    pub(crate) redirected: bool,
}

impl Hop {
    pub(crate) fn request<'a>(&'a self, origin: &'a Origin) -> Request<'a> {
        let url = &self.url;
        let target = Target::new(url.scheme(), url.host_str().unwrap_or_default(), url.port(), url.path());
        Request::new(target).from_origin(origin).redirected(self.redirected)
    }
}

/// The requests of an attempt in their order; `None` if its URL can't be parsed.
pub(crate) fn hops(attempt: &Attempt) -> Option<Vec<Hop>> {
    let last = Hop { url: Url::parse(&attempt.url).ok()?, redirected: attempt.redirected };
    if !attempt.redirected {
        return Some(vec![last]);
    }
    let first = Url::parse(&format!("http://{REDIRECTOR}/")).unwrap();
    Some(vec![Hop { url: first, redirected: false }, last])
}

pub(crate) fn verdict(page: &Page, attempt: &Attempt) -> Verdict {
    let Some(hops) = hops(attempt) else { return Verdict::Error };
    let origin = Origin::parse(page.origin).unwrap();
    let policies = PolicyList::parse(&page.policy);
    let blocks = |hop: &Hop| policies.decide_connect(&hop.request(&origin)).verdict == csp_core::Verdict::Block;
    if hops.iter().any(blocks) { Verdict::Block } else { Verdict::Allow }
}
