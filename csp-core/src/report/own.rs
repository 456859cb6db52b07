//! Whose policy does a report quote?

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::Resource;
use super::redact::redact_policy;
use crate::{Directive, DirectiveName, DirectiveValue, Policy};

/// The policies that this build sends, and perhaps those of earlier builds.
///
/// ```
/// use csp_core::report::{OwnPolicies, PolicyMatch};
///
/// let own = OwnPolicies::new(["connect-src 'self'; img-src *"]).earlier(["connect-src *"]);
/// // As browsers send it, and in whatever order.
/// assert_eq!(own.find("img-src *; connect-src 'self'"), PolicyMatch::ThisBuild);
/// assert_eq!(own.find("connect-src *"), PolicyMatch::Stale);
/// assert_eq!(own.find("default-src 'none'"), PolicyMatch::Foreign);
/// ```
#[derive(Clone, Debug, Default)]
pub struct OwnPolicies {
    current: Vec<Known>,
    earlier: Vec<Known>,
    pages: Vec<String>,
}

/// Whose policy a report quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PolicyMatch {
    /// One of somebody else: of a proxy, of an extension.
    Foreign,
    /// One of an earlier build: a page that was loaded before, or a cache.
    Stale,
    /// One that this build sends.
    ThisBuild,
    /// It isn't known what this build sends, or the report quotes no policy.
    Unknown,
}

impl PolicyMatch {
    /// It in a word. The words are stable.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Foreign => "foreign",
            Self::Stale => "stale",
            Self::ThisBuild => "this-build",
            Self::Unknown => "unknown",
        }
    }

    /// The one of this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Foreign, Self::Stale, Self::ThisBuild, Self::Unknown].into_iter().find(|known| known.as_str() == word)
    }
}

/// A policy in forms that can be compared. Nonces, and queries of URLs, are left out of all.
#[derive(Clone, Debug)]
struct Known {
    /// As it was given.
    given: String,
    text: String,
    meaning: Meaning,
}

/// What a policy says: its directives in alphabetical order, their tokens sorted. Where it reports to isn't part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Meaning(Vec<(DirectiveName, Vec<String>)>);

impl OwnPolicies {
    /// The policies that this build sends: values of headers, in which commas separate policies.
    #[must_use]
    pub fn new<I>(headers: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        Self { current: known(headers), ..Self::default() }
    }

    /// Adds the policies that earlier builds sent.
    #[must_use]
    pub fn earlier<I>(mut self, headers: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.earlier.extend(known(headers));
        self
    }

    /// Adds origins that one's own pages have, as URLs: reports of all others are [foreign](super::Class::ForeignDocument)
    /// then. What is no URL with a host is no origin.
    #[must_use]
    pub fn pages<I>(mut self, origins: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let resources = origins.into_iter().map(|origin| Resource::of(origin.as_ref()));
        self.pages.extend(resources.filter(|page| matches!(page, Resource::Url(_))).map(|page| page.to_string()));
        self
    }

    /// The policies that this build sends, one by one, without nonces and queries of URLs.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        self.current.iter().map(|known| known.text.as_str())
    }

    /// The origins that one's own pages have; none where that isn't known.
    pub fn page_origins(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(String::as_str)
    }

    /// Whether the page is one's own, as far as is known.
    pub(super) fn has_page(&self, page: &Resource) -> bool {
        self.pages.is_empty() || self.pages.contains(&page.to_string())
    }

    /// Whether no policy is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.current.is_empty() && self.earlier.is_empty()
    }

    /// Whose policy this is, by its text and by what it says.
    ///
    /// A policy that isn't known is taken for one of an earlier build if it has the directives of a known one, and differs
    /// in their sources only; for a foreign one otherwise.
    #[must_use]
    pub fn find(&self, original_policy: &str) -> PolicyMatch {
        // Nearly all reports quote the policy as it was sent.
        if self.current.iter().any(|known| known.given == original_policy) {
            return PolicyMatch::ThisBuild;
        }
        let text = Known::text_of(original_policy);
        if self.is_empty() || text.is_empty() {
            return PolicyMatch::Unknown;
        }
        if self.current.iter().any(|known| known.text == text) {
            return PolicyMatch::ThisBuild;
        }
        let meaning = Meaning::of(&Policy::parse(&text));
        let is_among = |known: &[Known]| known.iter().any(|known| known.text == text || known.meaning == meaning);
        if is_among(&self.current) {
            PolicyMatch::ThisBuild
        } else if is_among(&self.earlier)
            || self.current.iter().chain(&self.earlier).any(|known| known.meaning.has_names_of(&meaning))
        {
            PolicyMatch::Stale
        } else {
            PolicyMatch::Foreign
        }
    }
}

fn known<I>(headers: I) -> Vec<Known>
where
    I: IntoIterator,
    I::Item: AsRef<str>,
{
    let mut known = Vec::new();
    for header in headers {
        known.extend(header.as_ref().split(',').map(Known::of).filter(|known| !known.text.is_empty()));
    }
    known
}

impl Known {
    fn of(policy: &str) -> Self {
        let text = Self::text_of(policy);
        let meaning = Meaning::of(&Policy::parse(&text));
        Self { given: policy.trim().into(), text, meaning }
    }

    /// The text with single blanks, and without a semicolon at its end.
    fn text_of(policy: &str) -> String {
        let redacted = redact_policy(policy);
        let mut text = String::with_capacity(redacted.len());
        for word in redacted.split_ascii_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text.truncate(text.trim_end_matches([';', ' ']).len());
        text
    }
}

impl Meaning {
    fn of(policy: &Policy<'_>) -> Self {
        let mut directives: Vec<_> = policy
            .directives
            .iter()
            .filter(|directive| !matches!(directive.name, DirectiveName::ReportTo | DirectiveName::ReportUri))
            .map(|directive| (directive.name, tokens(directive)))
            .collect();
        directives.sort_unstable();
        Self(directives)
    }

    fn has_names_of(&self, other: &Self) -> bool {
        !self.0.is_empty() && self.0.iter().map(|(name, _)| name).eq(other.0.iter().map(|(name, _)| name))
    }
}

fn tokens(directive: &Directive<'_>) -> Vec<String> {
    let mut tokens: Vec<String> = match &directive.value {
        DirectiveValue::Sources(sources) => sources.iter().map(ToString::to_string).collect(),
        DirectiveValue::Text(text) => text.split_ascii_whitespace().map(Into::into).collect(),
    };
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_are_known_by_text_and_by_meaning() {
        let own = OwnPolicies::new(["connect-src 'self' https://a.example; script-src 'nonce-x'; report-uri /csp?d=e"])
            .earlier(["connect-src https://old.example"]);
        for (quoted, expected) in [
            ("connect-src 'self' https://a.example; script-src 'nonce-x'; report-uri /csp?d=e", PolicyMatch::ThisBuild),
            // A nonce of another page, blanks, order, case.
            (" script-src  'nonce-y';connect-src https://a.example 'SELF' ;", PolicyMatch::ThisBuild),
            ("connect-src 'self'; script-src 'nonce-x'; report-uri /csp", PolicyMatch::Stale),
            ("connect-src https://old.example", PolicyMatch::Stale),
            ("connect-src https://older.example", PolicyMatch::Stale),
            ("default-src 'none'", PolicyMatch::Foreign),
            ("no policy", PolicyMatch::Foreign),
            ("", PolicyMatch::Unknown),
            (" ; ", PolicyMatch::Unknown),
        ] {
            assert_eq!(own.find(quoted), expected, "{quoted}");
        }
        assert_eq!(OwnPolicies::default().find("connect-src 'self'"), PolicyMatch::Unknown);
    }
}
