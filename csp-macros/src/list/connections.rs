use csp_core::syntax::DeclaredInclude;
use csp_core::{Bytes, Places, SourceExpression, TableData};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::List;
use crate::gates::{self, Gates};
use crate::refusal;

/// What a declaration knows of connections, as expressions and the items that they need.
pub(crate) struct Connections {
    pub(crate) items: TokenStream,
    pub(crate) table: TokenStream,
    pub(crate) includes: TokenStream,
    pub(crate) has_own_sources: TokenStream,
}

impl List<'_> {
    /// The table of the list, and what it takes in; `None` if it is too large. `name` is the declaration's; `text` is an
    /// expression for the text of a list that [is fixed](Self::is_fixed), where there is one.
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
            let cfg = gates::attributes(gate.as_ref());
            includes.extend(quote!(#cfg #path.as_policy(),));
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
        let length = quote!(#private::conflict_length(CSP_SOURCE, #name, CSP_INCLUDED));
        let message = quote!(#private::conflict_message(CSP_SOURCE, #name, CSP_INCLUDED));
        let mut items = TokenStream::new();
        for DeclaredInclude { path, gate, span, .. } in self.includes.iter().filter(|_| !self.entries.is_empty()) {
            let cfg = gates::attributes(gate.as_ref());
            let refusal = refusal::unless_empty(*span, &length, &message, private);
            items.extend(quote! {
                #cfg
                const _: () = {
                    const CSP_INCLUDED: &#private::Policy = #path.as_policy();
                    const CSP_SOURCE: &::core::primitive::str = #private::conflict(&[#own], CSP_INCLUDED);
                    #refusal
                };
            });
        }
        items
    }
}
