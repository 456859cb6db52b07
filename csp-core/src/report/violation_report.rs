//! A browser's report of a breach.

use alloc::borrow::Cow;

use url::Url;

use super::Resource;
use crate::{DirectiveName, Disposition, Origin, Target};

/// A browser's report of a breach, of either wire format: the members of
/// [CSP3, 5.3](https://www.w3.org/TR/CSP3/#reporting).
///
/// The texts are as the browser, or whoever wrote the report, sent them: [`redact`](super::redact) them before they are
/// stored, logged or shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ViolationReport<'a> {
    /// The page.
    pub document_url: Cow<'a, str>,
    /// Where the user came from.
    pub referrer: Option<Cow<'a, str>>,
    /// What was blocked: a URL, a scheme alone, or a word such as `inline`. Of a redirect, the URL before it. May be empty.
    pub blocked_url: Cow<'a, str>,
    /// The directive that was violated; without its sources, where the browser sent them along.
    pub effective_directive: Cow<'a, str>,
    /// The policy, whole. May be empty.
    pub original_policy: Cow<'a, str>,
    /// Whether the policy blocks or only reports. Some browsers don't say: an endpoint of its own for each helps.
    pub disposition: Option<Disposition>,
    /// The HTTP status of the page.
    pub status_code: Option<u16>,
    /// The script that did it.
    pub source_file: Option<Cow<'a, str>>,
    /// The line in the source file, from 1.
    pub line_number: Option<u32>,
    /// The column in the line, from 1.
    pub column_number: Option<u32>,
    /// The first characters of an inline script or style.
    pub sample: Option<Cow<'a, str>>,
    /// How long before it was sent it happened, in milliseconds.
    pub age: Option<u64>,
    /// The browser, in its own words.
    pub user_agent: Option<Cow<'a, str>>,
}

impl ViolationReport<'_> {
    /// The directive, if it is one that exists.
    #[must_use]
    pub fn directive(&self) -> Option<DirectiveName> {
        DirectiveName::from_name(&self.effective_directive)
    }

    /// What was blocked, by its kind.
    #[must_use]
    pub fn blocked(&self) -> Resource {
        Resource::of(&self.blocked_url)
    }

    /// The origin of the page; `None` where it has none that a policy can name.
    #[must_use]
    pub fn document_origin(&self) -> Option<Origin> {
        Origin::of(&Target::from(&Url::parse(&self.document_url).ok()?))
    }

    /// The same report, which borrows nothing.
    #[must_use]
    pub fn into_owned(self) -> ViolationReport<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        ViolationReport {
            document_url: own(self.document_url),
            referrer: self.referrer.map(own),
            blocked_url: own(self.blocked_url),
            effective_directive: own(self.effective_directive),
            original_policy: own(self.original_policy),
            disposition: self.disposition,
            status_code: self.status_code,
            source_file: self.source_file.map(own),
            line_number: self.line_number,
            column_number: self.column_number,
            sample: self.sample.map(own),
            age: self.age,
            user_agent: self.user_agent.map(own),
        }
    }
}
