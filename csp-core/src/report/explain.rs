//! Why did the browser block it, and what is to be written?

use alloc::string::{String, ToString as _};
use core::fmt;

use super::class::{is_allowed, request, sources};
use super::{Class, Classification, PolicyMatch, RedactedReport, Resource};
use crate::{
    Difference, DirectiveName, Keyword, Policy, Remedy, SourceExpression, SourceList, excerpt, nearest, suggested_entry,
};

/// Why a browser blocked something, and what would allow it.
///
/// [`Display`](fmt::Display) writes the reason as a sentence. Reports can be forged: no text of one gets in here but parts
/// of a parsed URL and sources in their canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The reason.
    pub reason: Reason,
    /// The directive whose sources decided: a fallback such as `default-src` where the policy has no other.
    pub decided_by: Option<DirectiveName>,
    /// Whether that is another one than the report names.
    pub is_fallback: bool,
    /// The source of the policy that is nearest to what was blocked.
    pub nearest: Option<NearestSource>,
    /// The blocked URL by the encrypted scheme, where the policy has the host by that: to be called instead, so that nothing
    /// is added for plain text.
    pub encrypted: Option<String>,
    /// The source that would allow what was blocked, if it may be suggested: a parsed origin, with the URL's directory where
    /// the policy has sources of that origin and only the path differs. See [`Remedy::find`].
    pub source: Option<String>,
    /// The line of `connect_src!` that adds that source, for connections.
    pub entry: Option<String>,
    /// Whether the scan of the front end found the origin too. Without it, the suggestion is a claim of whoever sent the
    /// report; nothing sets this yet.
    pub verified: bool,
}

/// The source that is nearest to what was blocked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearestSource {
    /// The source in its canonical text.
    pub source: String,
    /// The part that differs.
    pub difference: Difference,
}

/// Why a browser blocked something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The list is `'none'`.
    EmptyList,
    /// A keyword is missing; for scripts and styles a nonce or a hash would do, too.
    KeywordMissing(Keyword),
    /// No source covers it; the nearest differs in this part. `None` where no source is near.
    NoSource(Option<Difference>),
    /// It isn't about this policy, or not about this site: see the class.
    NotOurs(Class),
    /// The policy that is quoted doesn't restrict it.
    NotRestricted,
    /// The policy allows the URL; the target of a redirect was blocked.
    Redirect,
    /// No source names the scheme.
    SchemeMissing,
    /// The report quotes no policy, or isn't about sources.
    Unknown,
}

impl Reason {
    /// The reason in a word, for scripts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EmptyList => "empty-list",
            Self::KeywordMissing(_) => "keyword-missing",
            Self::NoSource(Some(Difference::Host) | None) => "no-source-for-host",
            Self::NoSource(Some(Difference::Subdomain)) => "subdomain",
            Self::NoSource(Some(Difference::Scheme)) => "scheme",
            Self::NoSource(Some(Difference::Port)) => "port",
            Self::NoSource(Some(Difference::Path)) => "path",
            Self::NotOurs(class) => class.as_str(),
            Self::NotRestricted => "not-restricted",
            Self::Redirect => "redirect",
            Self::SchemeMissing => "scheme-missing",
            Self::Unknown => "unknown",
        }
    }
}

/// Says why a browser blocked something, by the policy that the report quotes, and what would allow it.
#[must_use]
pub fn explain(report: &RedactedReport, classification: Classification) -> Explanation {
    let nothing = |reason| Explanation {
        reason,
        decided_by: None,
        is_fallback: false,
        nearest: None,
        encrypted: None,
        source: None,
        entry: None,
        verified: false,
    };
    match classification.class {
        Class::Violation | Class::Redirect | Class::SchemeOnly => {}
        class => return nothing(Reason::NotOurs(class)),
    }
    let policy = Policy::parse(&report.original_policy);
    let name = report.directive();
    let effective = name.and_then(|name| policy.effective_directive(name));
    let Some((directive, list)) = effective.zip(sources(&policy, name)) else {
        let is_known = !policy.directives.is_empty() && name.is_some_and(DirectiveName::has_source_list);
        return nothing(if is_known { Reason::NotRestricted } else { Reason::Unknown });
    };
    let mut explanation = nothing(Reason::Unknown);
    explanation.decided_by = Some(directive.name);
    explanation.is_fallback = name != Some(directive.name);
    explanation.reason = match report.blocked() {
        _ if classification.class == Class::Redirect => Reason::Redirect,
        Resource::Word(word) => keyword(word).map_or(Reason::Unknown, Reason::KeywordMissing),
        _ if list.is_empty() => Reason::EmptyList,
        Resource::Scheme(_) => Reason::SchemeMissing,
        Resource::Url(url) => {
            let origin = report.document_origin();
            let found = nearest(list, &request(&url, origin.as_ref()));
            explanation.nearest = found.map(|found| NearestSource {
                source: excerpt(&list[found.index].to_string()),
                difference: found.difference,
            });
            Reason::NoSource(found.map(|found| found.difference))
        }
        Resource::Empty | Resource::Unknown(_) => Reason::Unknown,
    };
    if let (Reason::EmptyList | Reason::NoSource(_), Resource::Url(url)) = (explanation.reason, report.blocked())
        // With a trusted list of hosts of no effect, a host would change nothing.
        && !is_allowed(report, &url)
        && !list.contains(&SourceExpression::Keyword(Keyword::StrictDynamic))
        && classification.policy != PolicyMatch::Foreign
    {
        let origin = report.document_origin();
        let sources = SourceList::new(list.to_vec()).to_string();
        match Remedy::find(&sources, &request(&url, origin.as_ref())) {
            Remedy::Encrypt(target) => explanation.encrypted = Some(excerpt(&target.to_string())),
            Remedy::Add(source) => explanation.source = source.declared(),
        }
        let is_connection = name == Some(DirectiveName::ConnectSrc);
        explanation.entry = explanation.source.as_deref().filter(|_| is_connection).map(suggested_entry);
    }
    explanation
}

/// The keyword that would allow what a word stands for.
fn keyword(word: &str) -> Option<Keyword> {
    match word {
        "eval" => Some(Keyword::UnsafeEval),
        "inline" | "self" => Some(Keyword::UnsafeInline),
        "wasm-eval" => Some(Keyword::WasmUnsafeEval),
        _ => None,
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(name), true) = (self.decided_by, self.is_fallback) {
            write!(out, "{name} decides, for want of a directive of its own: ")?;
        }
        match self.reason {
            Reason::EmptyList => out.write_str("the list is 'none'"),
            Reason::KeywordMissing(keyword @ Keyword::UnsafeInline) => {
                write!(out, "{keyword} isn't in the list, nor a nonce or a hash that fits")
            }
            Reason::KeywordMissing(keyword) => write!(out, "{keyword} isn't in the list"),
            Reason::NoSource(difference) => {
                out.write_str("no source covers it")?;
                match (difference, &self.nearest) {
                    (Some(difference), Some(nearest)) => {
                        write!(out, "; the nearest is {} ({})", nearest.source, difference.as_str())
                    }
                    _ => Ok(()),
                }
            }
            Reason::NotOurs(class) => out.write_str(match class {
                Class::Browser => "a page of the browser's own",
                Class::Extension => "an extension of the browser did it",
                Class::ForeignDocument => "a page of another site",
                Class::ForeignPolicy => "the policy is none of this site's: a proxy or an extension set it",
                Class::Local => "something on the user's own machine",
                Class::StalePolicy => "the policy is one of an earlier build",
                _ => "the report says nothing that can be read",
            }),
            Reason::NotRestricted => out.write_str("the policy that the report quotes doesn't restrict it"),
            Reason::Redirect => {
                out.write_str("the policy allows this URL; it redirected to one that the policy doesn't allow")
            }
            Reason::SchemeMissing => out.write_str("no source names this scheme"),
            Reason::Unknown => out.write_str("the report doesn't say enough"),
        }
    }
}
