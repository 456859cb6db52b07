//! What a policy allows that another one doesn't.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::declare::covers;
use crate::{
    Directive, DirectiveName, DirectiveValue, HostPart, HostSource, Keyword, Policy, PolicyList, SchemePart,
    SourceExpression, Tokens, ValueGrammar,
};

/// What changes for one directive from one list of policies to another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The directive.
    pub name: DirectiveName,
    /// What the new policies allow and the old ones didn't; [`EVERYTHING`] where nothing is restricted any more.
    pub gained: Vec<String>,
    /// What the old policies allowed and the new ones don't.
    pub lost: Vec<String>,
}

/// Stands for all that a directive governs.
pub const EVERYTHING: &str = "everything";

impl PolicyList<'_> {
    /// How the new policies differ from these in what they allow, by directive; what means the same is no change.
    ///
    /// A directive that is missing is compared by what it falls back to. A source counts as gained unless a single old one
    /// covers it. What reports violations allows nothing, and is not compared. With several policies, which must all
    /// allow, each old one is compared with the nearest of the new ones.
    ///
    /// ```
    /// use csp_core::PolicyList;
    ///
    /// let old = PolicyList::parse("default-src 'self'; connect-src https://*.example.com");
    /// let new = PolicyList::parse("default-src 'self'; connect-src https://api.example.com https://b.example");
    /// let changes = old.changes_to(&new);
    /// assert_eq!(changes[0].gained, ["https://b.example"]);
    /// assert_eq!(changes[0].lost, ["https://*.example.com"]);
    /// ```
    #[must_use]
    pub fn changes_to(&self, new: &Self) -> Vec<Change> {
        let compared = DirectiveName::ALL.iter().filter(|name| {
            let written = |list: &Self| list.policies.iter().any(|policy| policy.directive(**name).is_some());
            written(self) || written(new)
        });
        let changes = compared.map(|name| Change {
            name: *name,
            gained: excess(*name, self, new),
            lost: excess(*name, new, self),
        });
        changes.filter(|change| !change.gained.is_empty() || !change.lost.is_empty()).collect()
    }
}

/// What `wide` allows beyond `narrow`.
fn excess(name: DirectiveName, narrow: &PolicyList<'_>, wide: &PolicyList<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for limit in &narrow.policies {
        let limit = Permissions::of(name, limit);
        let each = wide.policies.iter().map(|policy| Permissions::of(name, policy).beyond(&limit));
        // Where there is no policy, nothing is restricted: as by one without a directive.
        let nearest =
            each.min_by_key(Vec::len).unwrap_or_else(|| Permissions::of(name, &Policy::default()).beyond(&limit));
        for permission in nearest {
            if !found.contains(&permission) {
                found.push(permission);
            }
        }
    }
    found
}

/// What one policy allows of what a directive governs.
enum Permissions<'p> {
    Everything,
    Sources(&'p [SourceExpression<'p>]),
    /// What the words of a value permit.
    Words(Vec<&'p str>),
}

impl<'p> Permissions<'p> {
    fn of(name: DirectiveName, policy: &'p Policy<'p>) -> Self {
        let directive = match name.grammar() {
            // They allow nothing.
            ValueGrammar::EndpointName | ValueGrammar::UriReferences => return Self::Words(Vec::new()),
            ValueGrammar::SourceList(_) => policy.effective_directive(name),
            _ => policy.directive(name),
        };
        match (directive, name.grammar()) {
            (Some(Directive { value: DirectiveValue::Sources(sources), .. }), _) => Self::Sources(sources.sources()),
            // What is not upgraded, not blocked, not asked for trusted types, is allowed as it is.
            (None, ValueGrammar::Nothing) => Self::Words(Vec::from(["without it"])),
            (Some(_), ValueGrammar::Nothing) => Self::Words(Vec::new()),
            (found, ValueGrammar::TrustedTypesSinks) => {
                let demanded = |word: &str| {
                    let value = found.map(|directive| &directive.value);
                    matches!(value, Some(DirectiveValue::Text(text)) if Tokens::new(text).any(|token| token == word))
                };
                Self::Words(if demanded("'script'") { Vec::new() } else { Vec::from(["plain text as script"]) })
            }
            (Some(Directive { value: DirectiveValue::Text(text), .. }), ValueGrammar::WebrtcRule) => {
                Self::Words(Tokens::new(text).filter(|token| !token.eq_ignore_ascii_case("'block'")).collect())
            }
            (Some(Directive { value: DirectiveValue::Text(text), .. }), _) => {
                Self::Words(Tokens::new(text).filter(|token| !token.eq_ignore_ascii_case("'none'")).collect())
            }
            (None, _) => Self::Everything,
        }
    }

    /// What this allows and `limit` doesn't.
    fn beyond(&self, limit: &Permissions<'_>) -> Vec<String> {
        match (self, limit) {
            (_, Permissions::Everything) => Vec::new(),
            (Self::Everything, _) => Vec::from([EVERYTHING.to_string()]),
            (Self::Sources(own), Permissions::Sources(limit)) => {
                let is_new = |source: &&SourceExpression<'_>| {
                    permits(source) && !limit.iter().any(|wide| includes(wide, source))
                };
                own.iter().filter(is_new).map(ToString::to_string).collect()
            }
            (Self::Words(own), Permissions::Words(limit)) => {
                let is_known = |word: &str| limit.iter().any(|old| *old == "*" || old.eq_ignore_ascii_case(word));
                own.iter().filter(|word| !is_known(word)).map(ToString::to_string).collect()
            }
            // A directive has one kind of value.
            (Self::Sources(_) | Self::Words(_), _) => Vec::new(),
        }
    }
}

/// `'report-sample'` allows nothing.
fn permits(source: &SourceExpression<'_>) -> bool {
    !matches!(source, SourceExpression::Keyword(Keyword::ReportSample))
}

/// Whether what `narrow` allows is allowed by `wide`.
fn includes(wide: &SourceExpression<'_>, narrow: &SourceExpression<'_>) -> bool {
    match (wide, narrow) {
        // A nonce is another one in each response.
        (SourceExpression::Nonce(_), SourceExpression::Nonce(_)) => true,
        // `*` is the only one that covers `'self'` whatever the page.
        (_, SourceExpression::Keyword(Keyword::SelfOrigin)) if is_absolute(wide) && covers(wide, narrow) => true,
        _ => wide == narrow || (is_absolute(wide) && is_absolute(narrow) && covers(wide, narrow)),
    }
}

/// Whether the page's own scheme plays no part. Sources without one are compared as they are written.
fn is_absolute(source: &SourceExpression<'_>) -> bool {
    match source {
        SourceExpression::Scheme(scheme) => scheme.is_network(),
        SourceExpression::Host(host) => host.scheme().is_some_and(SchemePart::is_network) || is_star(host),
        _ => false,
    }
}

fn is_star(source: &HostSource<'_>) -> bool {
    source.scheme().is_none() && source.host() == HostPart::Any && source.path().is_empty()
}
