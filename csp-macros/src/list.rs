//! A source list that was checked, as tokens.

use csp_core::syntax::{DeclaredEntry, DeclaredInclude, DeclaredList, Errors};
use csp_core::{Bytes, DirectiveName, Entry, EntryValue, Keyword, Places, SourceExpression, TableData, check_in};
use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::diagnostic;
use crate::gates::Gates;

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

/// What a declaration knows of connections, as expressions and the items that they need.
pub(crate) struct Connections {
    pub(crate) items: TokenStream,
    pub(crate) table: TokenStream,
    pub(crate) includes: TokenStream,
    pub(crate) has_own_sources: TokenStream,
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

    /// The texts of the sources, as elements of a slice; what no cfg decides on is joined already.
    pub(crate) fn segments(&self, private: &TokenStream) -> TokenStream {
        let mut segments = Segments::default();
        let mut includes = self.includes.iter().enumerate().peekable();
        for (position, entry) in self.entries.iter().enumerate() {
            while let Some((index, include)) = includes.next_if(|(_, include)| include.position <= position) {
                segments.include(include, &self.includes[..index], private);
            }
            segments.entry(entry);
        }
        includes.for_each(|(index, include)| segments.include(include, &self.includes[..index], private));
        segments.close();
        segments.tokens
    }

    /// The texts of the sources that stand in the list itself.
    fn own_segments(&self) -> TokenStream {
        let mut segments = Segments::default();
        self.entries.iter().for_each(|entry| segments.entry(entry));
        segments.close();
        segments.tokens
    }

    /// The table of the list, and what it takes in. `name` is the declaration's; `text` is an expression for the text of a
    /// list that [is fixed](Self::is_fixed), where there is one.
    pub(crate) fn connections(
        &self,
        name: &str,
        text: Option<TokenStream>,
        private: &TokenStream,
    ) -> Option<Connections> {
        let gates = Gates::of(&self.entries);
        let numbers = gates.numbers(&self.entries);
        let sources: Vec<SourceExpression<'_>> = self.entries.iter().filter_map(|entry| entry.source).collect();
        let table = TableData::new(&sources, &numbers, None)?;
        let text = text.filter(|_| self.is_fixed()).unwrap_or_else(|| {
            let text = table.text();
            quote!(#text)
        });
        let Bytes { slots, pilots, rules, .. } = table.bytes();
        let [slots, pilots, rules] = [slots, pilots, rules].map(Literal::byte_string);
        let gates = gates.tokens();
        let Places { everywhere, own, others, parents, .. } = table.places();
        let table = quote! {
            #private::Table::new(
                #private::Bytes { text: #text, slots: #slots, pilots: #pilots, rules: #rules },
                &[#gates],
                #private::Places { everywhere: #everywhere, own: #own, others: #others, parents: #parents },
            )
        };
        let mut includes = TokenStream::new();
        for DeclaredInclude { path, gate, .. } in self.includes {
            let cfg = gate.iter().flat_map(|gate| &gate.predicates);
            includes.extend(quote!(#(#[cfg(#cfg)])* #path.as_policy(),));
        }
        let has_own_sources = !self.entries.is_empty();
        Some(Connections {
            items: self.conflicts(name, private),
            table,
            includes,
            has_own_sources: quote!(#has_own_sources),
        })
    }

    /// What fails to compile where a source is declared twice: here, and in what is taken in.
    fn conflicts(&self, name: &str, private: &TokenStream) -> TokenStream {
        let own = self.own_segments();
        let mut items = TokenStream::new();
        for DeclaredInclude { path, gate, span, .. } in self.includes.iter().filter(|_| !self.entries.is_empty()) {
            let cfg = gate.iter().flat_map(|gate| &gate.predicates);
            let panic = quote_spanned!(*span=> ::core::panic!("{}", #private::text(&CSP_MESSAGE)));
            items.extend(quote! {
                #(#[cfg(#cfg)])*
                const _: () = {
                    const CSP_INCLUDED: &#private::Policy = #path.as_policy();
                    const CSP_SOURCE: &::core::primitive::str = #private::conflict(&[#own], CSP_INCLUDED);
                    const CSP_LENGTH: ::core::primitive::usize = #private::conflict_length(CSP_SOURCE, #name, CSP_INCLUDED);
                    const CSP_MESSAGE: [::core::primitive::u8; CSP_LENGTH] =
                        #private::conflict_message(CSP_SOURCE, #name, CSP_INCLUDED);
                    if !CSP_SOURCE.is_empty() {
                        #panic
                    }
                };
            });
        }
        items
    }
}

fn is_none(value: EntryValue<'_>) -> bool {
    value.text().eq_ignore_ascii_case("'none'")
}

impl ListEntry<'_> {
    pub(crate) fn gate(&self) -> Option<&csp_core::syntax::DeclaredGate> {
        self.declared.and_then(|declared| declared.gate.as_ref())
    }

    pub(crate) fn is_source(&self) -> bool {
        self.source.is_some()
    }
}

/// Elements of a slice of texts.
#[derive(Default)]
struct Segments {
    tokens: TokenStream,
    /// What no cfg decides on, since the last element.
    run: String,
}

impl Segments {
    fn entry(&mut self, entry: &ListEntry<'_>) {
        let text = entry.text;
        match entry.gate() {
            Some(gate) => {
                self.close();
                let predicates = &gate.predicates;
                self.tokens.extend(quote!(#(#[cfg(#predicates)])* #text,));
            }
            // A nonce is compared with those of an extended policy, and stands alone.
            None if text == csp_core::NONCE_HOLE => {
                self.close();
                self.tokens.extend(quote!(#text,));
            }
            None => {
                if !self.run.is_empty() {
                    self.run.push(' ');
                }
                self.run.push_str(text);
            }
        }
    }

    /// What two declarations have, such as `self`, stands in the header once.
    fn include(&mut self, include: &DeclaredInclude, before: &[DeclaredInclude], private: &TokenStream) {
        self.close();
        let text = |DeclaredInclude { path, .. }: &DeclaredInclude| quote!(#path.as_policy().source_list());
        let cfgs = |DeclaredInclude { gate, .. }: &DeclaredInclude| {
            let predicates = gate.iter().flat_map(|gate| &gate.predicates);
            quote!(#(#[cfg(#predicates)])*)
        };
        let (text_of_it, cfgs_of_it) = (text(include), cfgs(include));
        if before.is_empty() {
            self.tokens.extend(quote!(#cfgs_of_it #text_of_it,));
            return;
        }
        let (texts, cfgs) = (before.iter().map(text), before.iter().map(cfgs));
        self.tokens.extend(quote! {
            #cfgs_of_it
            {
                const CSP_BEFORE: &[&::core::primitive::str] = &[#(#cfgs #texts,)*];
                const CSP_NEW: [::core::primitive::u8; #private::only_new_length(#text_of_it, CSP_BEFORE)] =
                    #private::only_new(#text_of_it, CSP_BEFORE);
                #private::text(&CSP_NEW)
            },
        });
    }

    fn close(&mut self) {
        if !self.run.is_empty() {
            let run = core::mem::take(&mut self.run);
            self.tokens.extend(quote!(#run,));
        }
    }
}
