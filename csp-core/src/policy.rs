use alloc::vec::Vec;
use core::fmt;

use crate::{Directive, DirectiveName, Finding, Request, SourceExpression, matching, receive};

/// Whether a policy blocks or only reports ([CSP3, 2.2](https://www.w3.org/TR/CSP3/#policy-disposition)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Disposition {
    /// `Content-Security-Policy`
    #[default]
    Enforce,
    /// `Content-Security-Policy-Report-Only`
    Report,
}

impl Disposition {
    /// The word of the specification, as reports have it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Report => "report",
        }
    }
}

/// A policy: directives in the order in which they were written, no name twice
/// ([CSP3, 2.2](https://www.w3.org/TR/CSP3/#framework-policy)).
///
/// ```
/// use csp_core::{Policy, Request, Target, Verdict};
///
/// let policy = Policy::parse("default-src 'none'; connect-src https://api.example.com");
/// let target = Target::canonical("https://api.example.com/v1/users").unwrap();
/// assert_eq!(policy.decide_connect(&Request::new(target)).verdict, Verdict::Allow);
///
/// let target = Target::canonical("wss://api.example.com/").unwrap();
/// let decision = policy.decide_connect(&Request::new(target));
/// assert_eq!(decision.verdict, Verdict::Block);
/// assert_eq!(decision.directive.unwrap().to_string(), "connect-src https://api.example.com");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy<'a> {
    /// The directives.
    pub directives: Vec<Directive<'a>>,
    /// Whether the policy blocks or only reports.
    pub disposition: Disposition,
}

/// Allowed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The request may be made.
    Allow,
    /// The request must not be made.
    Block,
}

/// Why a policy, or a list of them, allows or blocks a request.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'p, 'a> {
    /// Allowed or not.
    pub verdict: Verdict,
    /// The policy that decided, by its place in the list.
    pub policy: usize,
    /// The directive that decided; `None` if no policy has one for this request, which is allowed then.
    pub directive: Option<&'p Directive<'a>>,
    /// Of an allowed request: the source that covers it.
    pub source: Option<&'p SourceExpression<'a>>,
}

impl<'a> Policy<'a> {
    /// Reads a policy as browsers read it ([CSP3, "parse a serialized CSP"](https://www.w3.org/TR/CSP3/#parse-serialized-policy)).
    ///
    /// Commas do not split: see [`PolicyList::parse`] for the value of a header. What a browser drops is dropped; see
    /// [`PolicyList::parse_with_findings`].
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        receive::policy(text, &mut |_| {})
    }

    /// The directive of that name.
    #[must_use]
    pub fn directive(&self, name: DirectiveName) -> Option<&Directive<'a>> {
        self.directives.iter().find(|directive| directive.name == name)
    }

    /// The directive that decides for what `name` governs: itself, or the first of its fallbacks that is there
    /// ([CSP3, 6.8.3](https://www.w3.org/TR/CSP3/#directive-fallback-list)).
    ///
    /// ```
    /// use csp_core::{DirectiveName, Policy};
    ///
    /// let policy = Policy::parse("default-src 'self'; script-src 'none'");
    /// let decides = |name| policy.effective_directive(name).map(|directive| directive.name);
    /// assert_eq!(decides(DirectiveName::ScriptSrcElem), Some(DirectiveName::ScriptSrc));
    /// assert_eq!(decides(DirectiveName::ConnectSrc), Some(DirectiveName::DefaultSrc));
    /// assert_eq!(decides(DirectiveName::FormAction), None);
    /// ```
    #[must_use]
    pub fn effective_directive(&self, name: DirectiveName) -> Option<&Directive<'a>> {
        core::iter::once(&name).chain(name.fallbacks()).find_map(|name| self.directive(*name))
    }

    /// The directive that decides for connections: `connect-src`, else `default-src`
    /// ([CSP3, 6.8.3](https://www.w3.org/TR/CSP3/#directive-fallback-list)).
    #[must_use]
    pub fn effective_connect_directive(&self) -> Option<&Directive<'a>> {
        self.effective_directive(DirectiveName::ConnectSrc)
    }

    /// Whether a page with this policy may connect: fetch, `XMLHttpRequest`, `WebSocket`, `EventSource`, beacons, pings.
    #[must_use]
    pub fn decide_connect(&self, request: &Request<'_>) -> Decision<'_, 'a> {
        let directive = self.effective_connect_directive();
        let Some(sources) = directive.and_then(Directive::sources) else {
            return Decision { verdict: Verdict::Allow, policy: 0, directive: None, source: None };
        };
        let source = matching::covering(sources.sources(), request).map(|index| &sources.sources()[index]);
        let verdict = if source.is_some() { Verdict::Allow } else { Verdict::Block };
        Decision { verdict, policy: 0, directive, source }
    }
}

impl fmt::Display for Policy<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, directive) in self.directives.iter().enumerate() {
            if index > 0 {
                out.write_str("; ")?;
            }
            directive.fmt(out)?;
        }
        Ok(())
    }
}

/// All policies of a page. Each must allow.
///
/// ```
/// use csp_core::{PolicyList, Request, Target, Verdict};
///
/// let policies = PolicyList::parse("connect-src https://a.example https://b.example, connect-src https://b.example");
/// let decide = |url| policies.decide_connect(&Request::new(Target::canonical(url).unwrap()));
/// assert_eq!(decide("https://b.example/").verdict, Verdict::Allow);
/// assert_eq!((decide("https://a.example/").verdict, decide("https://a.example/").policy), (Verdict::Block, 1));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyList<'a> {
    /// The policies.
    pub policies: Vec<Policy<'a>>,
}

impl<'a> PolicyList<'a> {
    /// Reads the value of a `Content-Security-Policy` header: policies, separated by commas.
    ///
    /// Policies without a directive are left out.
    #[must_use]
    pub fn parse(header: &'a str) -> Self {
        Self { policies: receive::header(header, &mut |_| {}) }
    }

    /// Reads the value of a header, and lists what a browser drops, cuts or ignores in it.
    ///
    /// ```
    /// let (policies, findings) = csp_core::PolicyList::parse_with_findings("connect-src api_1.example https://b.example");
    /// assert_eq!(policies.to_string(), "connect-src https://b.example");
    /// assert_eq!(findings[0].text, "api_1.example");
    /// ```
    #[must_use]
    pub fn parse_with_findings(header: &'a str) -> (Self, Vec<Finding<'a>>) {
        let mut findings = Vec::new();
        let policies = receive::header(header, &mut |finding| findings.push(finding));
        (Self { policies }, findings)
    }

    /// Whether a page with these policies may connect: the first enforced policy that blocks decides.
    #[must_use]
    pub fn decide_connect(&self, request: &Request<'_>) -> Decision<'_, 'a> {
        let mut allowed = Decision { verdict: Verdict::Allow, policy: 0, directive: None, source: None };
        for (index, policy) in self.policies.iter().enumerate() {
            if policy.disposition == Disposition::Report {
                continue;
            }
            let decision = Decision { policy: index, ..policy.decide_connect(request) };
            if decision.verdict == Verdict::Block {
                return decision;
            }
            if allowed.directive.is_none() {
                allowed = decision;
            }
        }
        allowed
    }
}

impl fmt::Display for PolicyList<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, policy) in self.policies.iter().enumerate() {
            if index > 0 {
                out.write_str(", ")?;
            }
            policy.fmt(out)?;
        }
        Ok(())
    }
}
