//! The answer to a question. The core decides; this says by what.

use std::fmt;

use csp_core::{
    AddressKind, Decision, Difference, Directive, DirectiveName, Origin, Refusal, Request, SourceExpression,
    SourceList, Verdict, admit_url, covering, nearest,
};
use url::Url;

use super::rules::{Page, Rules, Sources, written_source};
use crate::explain::Delivery;

/// What matters beside the rules and the URL.
#[derive(Default)]
pub(crate) struct Circumstances {
    pub(crate) self_origin: Option<Origin>,
    pub(crate) redirected: bool,
    pub(crate) delivery: Delivery,
}

/// Why a URL is allowed or blocked.
#[derive(Clone, Copy)]
pub(crate) struct Answer<'a> {
    /// As a policy that is enforced decides.
    pub(crate) decision: Verdict,
    /// A policy that only reports blocks nothing.
    pub(crate) report_only: bool,
    pub(crate) reason: Reason,
    /// The policy that decided, by its place.
    pub(crate) policy: usize,
    /// The effective directive.
    pub(crate) directive: Option<DirectiveName>,
    /// The source that allows, or the one that is nearest to allowing.
    pub(crate) source: Option<SourceExpression<'a>>,
}

/// The text is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Address(AddressKind),
    AllowedBySource,
    Credentials,
    EmptyList,
    HiddenSeparator,
    NoSourceCovers(Option<Difference>),
    NotRestricted,
}

impl Circumstances {
    /// The request of a page, as its browser sees it.
    pub(crate) fn page_request<'a>(&'a self, url: &'a Url) -> Request<'a> {
        self.request(url).redirected(self.redirected)
    }

    /// The request of a program: paths count on every hop.
    pub(crate) fn request<'a>(&'a self, url: &'a Url) -> Request<'a> {
        let request = Request::new(url.into());
        self.self_origin.iter().fold(request, Request::from_origin)
    }
}

impl<'a> Answer<'a> {
    pub(crate) fn to(rules: &Rules<'a>, circumstances: &Circumstances, url: &Url) -> Self {
        match rules {
            Rules::Page(page) => Self::of_page(page, circumstances, url),
            Rules::Guard(sources) => Self::of_guard(sources, circumstances, url),
        }
    }

    fn of_page(page: &Page<'a>, circumstances: &Circumstances, url: &Url) -> Self {
        let request = circumstances.page_request(url);
        let report_only = circumstances.delivery == Delivery::ReportOnly;
        Self { report_only, ..Self::of_decision(&page.policies.decide_connect(&request), &request) }
    }

    /// What a policy, or a list of them, has decided.
    pub(crate) fn of_decision(decision: &Decision<'_, 'a>, request: &Request<'_>) -> Self {
        let sources = decision.directive.and_then(Directive::sources).map(SourceList::sources);
        let (reason, source) = match (decision.verdict, sources) {
            (_, None) => (Reason::NotRestricted, None),
            (Verdict::Allow, Some(_)) => (Reason::AllowedBySource, decision.source.copied()),
            (Verdict::Block, Some(sources)) => no_source_covers(sources, request),
        };
        Self {
            decision: decision.verdict,
            report_only: false,
            reason,
            policy: decision.policy,
            directive: decision.directive.map(|directive| directive.name),
            source,
        }
    }

    fn of_guard(guard: &Sources<'a>, circumstances: &Circumstances, url: &Url) -> Self {
        let sources = guard.list.as_slice();
        let request = circumstances.request(url);
        let (reason, source) = match admit_url(sources, url, circumstances.self_origin.as_ref()) {
            Ok(index) => (Reason::AllowedBySource, Some(sources[index])),
            Err(Refusal::Address(kind)) => {
                (Reason::Address(kind), covering(sources, &request).map(|index| sources[index]))
            }
            Err(Refusal::Credentials) => (Reason::Credentials, None),
            Err(Refusal::HiddenSeparator) => {
                (Reason::HiddenSeparator, covering(sources, &request).map(|index| sources[index]))
            }
            Err(_) => no_source_covers(sources, &request),
        };
        Self {
            decision: if reason == Reason::AllowedBySource { Verdict::Allow } else { Verdict::Block },
            report_only: false,
            reason,
            policy: 0,
            directive: (reason != Reason::Credentials).then_some(DirectiveName::ConnectSrc),
            source,
        }
    }

    pub(crate) fn verdict(&self) -> Verdict {
        if self.report_only { Verdict::Allow } else { self.decision }
    }

    /// Whether a browser would report the request, and let it pass.
    pub(crate) fn is_only_reported(&self) -> bool {
        self.report_only && self.decision == Verdict::Block
    }

    /// The source as it was written.
    pub(crate) fn written_source(&self, rules: &Rules<'a>) -> Option<&'a str> {
        let source = self.source.as_ref()?;
        match rules {
            Rules::Page(page) => {
                written_source(page.written_directive(self.policy, self.directive?)?.tokens.get(1..)?, source)
            }
            Rules::Guard(guard) => written_source(&guard.texts, source),
        }
    }

    /// The stable text of the reason.
    pub(crate) fn reason_text(&self) -> String {
        let prefix = if self.is_only_reported() { "report-only: " } else { "" };
        format!("{prefix}{}", self.reason)
    }
}

fn no_source_covers<'a>(
    sources: &[SourceExpression<'a>],
    request: &Request<'_>,
) -> (Reason, Option<SourceExpression<'a>>) {
    if sources.is_empty() {
        return (Reason::EmptyList, None);
    }
    match nearest(sources, request) {
        Some(nearest) => (Reason::NoSourceCovers(Some(nearest.difference)), Some(sources[nearest.index])),
        None => (Reason::NoSourceCovers(None), None),
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(_) => out.write_str("address"),
            Self::AllowedBySource => out.write_str("allowed by source"),
            Self::Credentials => out.write_str("credentials"),
            Self::EmptyList => out.write_str("list is empty"),
            Self::HiddenSeparator => out.write_str("hidden separator"),
            // One text for one part of the URL.
            Self::NoSourceCovers(Some(Difference::Subdomain)) => Self::NoSourceCovers(Some(Difference::Host)).fmt(out),
            Self::NoSourceCovers(Some(difference)) => write!(out, "no source covers: {}", difference.as_str()),
            Self::NoSourceCovers(None) => out.write_str("no source covers"),
            Self::NotRestricted => out.write_str("no directive restricts connections"),
        }
    }
}

/// The verdict's word for scripts.
pub(crate) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Allow => "allow",
        Verdict::Block => "block",
    }
}

/// The reason where there is no URL to decide on.
pub(crate) fn unparsable(error: url::ParseError) -> String {
    format!("not a URL: {error}")
}
