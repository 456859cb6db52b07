//! A source list that was checked, as tokens.

mod connections;
mod segments;

use csp_core::syntax::{DeclaredEntry, DeclaredGate, DeclaredInclude, DeclaredList, Errors};
use csp_core::{DirectiveName, Entry, EntryValue, Keyword, SourceExpression, check_in};
use proc_macro2::{Span, TokenStream};

use crate::diagnostic;
use crate::gates::Gates;

pub(crate) use connections::Connections;

/// A list whose mistakes are told already; after one, nothing is in it.
#[derive(Default)]
pub(crate) struct List<'l> {
    entries: Vec<ListEntry<'l>>,
    includes: &'l [DeclaredInclude],
    /// Where the list is named, or `none` is written, if nothing is in it in any build.
    empty: Option<Span>,
    /// What is risky about it, as statements.
    pub(crate) warnings: TokenStream,
}

#[derive(Clone)]
pub(crate) struct ListEntry<'l> {
    /// `None` for what no declaration has written.
    pub(crate) declared: Option<&'l DeclaredEntry>,
    text: &'l str,
    source: Option<SourceExpression<'l>>,
}

impl<'l> List<'l> {
    /// `span` is where the list is named.
    pub(crate) fn check(directive: DirectiveName, list: &'l DeclaredList, span: Span, errors: &mut Errors) -> Self {
        let entries: Vec<Entry<'l>> = list.to_entries();
        let checked = check_in(directive, &entries);
        for include in list.includes.iter().filter(|_| entries.iter().any(|entry| is_none(entry.value))) {
            errors.push(include.span, "`none` and a declaration that is taken in: remove one of the two");
        }
        let warnings = diagnostic::report(&checked, list, span, errors);
        let none = list.entries.iter().zip(&entries).find(|(_, entry)| is_none(entry.value));
        let empty = list.written_empty().then(|| none.map_or(span, |(declared, _)| declared.value.span()));
        if !errors.is_empty() {
            return Self { warnings, ..Self::default() };
        }
        let all = list.entries.iter().zip(entries).zip(checked.sources);
        let entries = all.filter(|((_, entry), _)| !is_none(entry.value)).map(|((declared, entry), source)| {
            ListEntry { declared: Some(declared), text: entry.value.text(), source }
        });
        Self { entries: entries.collect(), includes: &list.includes, empty, warnings }
    }

    /// Where a list is written that allows nothing in any build.
    pub(crate) fn written_empty(&self) -> Option<Span> {
        self.empty
    }

    /// `'self'`, which no declaration has written.
    pub(crate) fn own_origin() -> Self {
        let keyword = Keyword::SelfOrigin;
        let source = Some(SourceExpression::Keyword(keyword));
        let entry = ListEntry { declared: None, text: keyword.as_str(), source };
        Self { entries: Vec::from([entry]), ..Self::default() }
    }

    /// The sources that stand in the list itself: where they are written, and as what.
    pub(crate) fn declared_sources(&self) -> impl Iterator<Item = (Span, &'l str)> {
        self.entries.iter().filter_map(|entry| Some((entry.declared?.value.span(), entry.text)))
    }

    /// What of the list is matched with URLs.
    pub(crate) fn urls(&self) -> Self {
        let is_url = |entry: &&ListEntry<'_>| {
            matches!(
                entry.source,
                Some(
                    SourceExpression::Host(_)
                        | SourceExpression::Scheme(_)
                        | SourceExpression::Keyword(Keyword::SelfOrigin)
                )
            )
        };
        let entries = self.entries.iter().filter(is_url).cloned().collect();
        Self { entries, includes: self.includes, empty: self.empty, warnings: TokenStream::new() }
    }

    /// Whether all of it is text that stands in the declaration, and no cfg decides on it.
    pub(crate) fn is_fixed(&self) -> bool {
        self.includes.is_empty() && Gates::of(&self.entries).is_empty()
    }

    /// The text of a list that [is fixed](Self::is_fixed); of any other what of it is.
    pub(crate) fn text(&self) -> String {
        let fixed = self.entries.iter().filter(|entry| entry.gate().is_none());
        fixed.map(|entry| entry.text).collect::<Vec<_>>().join(" ")
    }
}

fn is_none(value: EntryValue<'_>) -> bool {
    value.text().eq_ignore_ascii_case("'none'")
}

impl ListEntry<'_> {
    pub(crate) fn gate(&self) -> Option<&DeclaredGate> {
        self.declared.and_then(|declared| declared.gate.as_ref())
    }

    pub(crate) fn is_source(&self) -> bool {
        self.source.is_some()
    }
}
