use csp_core::syntax::{ConnectSrc, ConnectSrcBody, ConnectSrcItem, DeclaredEntry, DeclaredGate, DeclaredList, Errors};
use csp_core::{Bytes, Places, SourceExpression, TableData, check};
use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;

use crate::{diagnostic, docs, runtime};

const DIRECTIVE: &str = "connect-src";

/// The header that allows nothing.
const NONE: &str = "connect-src 'none'";

/// Writes the items or the expression, and every mistake.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let invocation = ConnectSrc::parse(input, &mut errors);
    let private = runtime::private(invocation.runtime.as_ref());
    match &invocation.body {
        ConnectSrcBody::Items(items) => {
            let items: TokenStream = items.iter().map(|item| expand_item(item, &private, &mut errors)).collect();
            let errors = compile_errors(errors);
            quote!(#errors #items)
        }
        ConnectSrcBody::Expression(list) => {
            let name = "connect_src!";
            let policy = expand_list(list, name, Span::call_site(), &private, &mut errors);
            let nothing = list.entries.is_empty() && !errors.is_empty();
            let errors = compile_errors(errors);
            if nothing {
                // Perhaps items were meant, and a block can't stand where they do.
                return errors;
            }
            quote!({
                #errors
                static POLICY: #private::Policy = #policy;
                &POLICY
            })
        }
    }
}

fn compile_errors(errors: Errors) -> TokenStream {
    errors.into_error().map(|error| error.to_compile_error()).unwrap_or_default()
}

fn expand_item(item: &ConnectSrcItem, private: &TokenStream, errors: &mut Errors) -> TokenStream {
    let ConnectSrcItem { attributes, visibility, name, list } = item;
    let policy = expand_list(list, &name.to_string(), name.span(), private, errors);
    let docs = docs::item_docs(list, DIRECTIVE);
    quote! {
        #attributes
        #docs
        #visibility static #name: #private::Policy = #policy;
    }
}

/// The policy as an expression; the warnings stand in it.
fn expand_list(list: &DeclaredList, name: &str, span: Span, private: &TokenStream, errors: &mut Errors) -> TokenStream {
    let entries = list.to_entries();
    let checked = check(&entries);
    let warnings = diagnostic::report(&checked, list, span, errors);
    // After a mistake the item stays, so that its uses don't fail too; with nothing in it.
    let nothing = DeclaredList::default();
    let (list, sources) = if errors.is_empty() { (list, &checked.sources[..]) } else { (&nothing, &[][..]) };
    let gates = Gates::of(list);
    let numbers = gates.numbers(list, sources);
    let sources: Vec<SourceExpression<'_>> = sources.iter().copied().flatten().collect();
    let Some(table) = TableData::new(&sources, &numbers, None) else {
        errors.push(span, "the list is too large: a declaration has at most 64 MiB of text");
        return quote!(::core::unreachable!());
    };
    let header = if gates.is_empty() { fixed_header(table.text()) } else { gated_header(list, private) };
    let text = if gates.is_empty() {
        // Its sources alone; of `'none'` nothing.
        let start = if table.text().is_empty() { NONE.len() } else { DIRECTIVE.len() + 1 };
        let start = Literal::usize_unsuffixed(start);
        quote!(#private::behind(HEADER, #start))
    } else {
        let text = table.text();
        quote!(#text)
    };
    let Bytes { slots, pilots, rules, .. } = table.bytes();
    let [slots, pilots, rules] = [slots, pilots, rules].map(Literal::byte_string);
    let gates = gates.tokens();
    let Places { everywhere, own, others, parents, .. } = table.places();
    quote!({
        const HEADER: &::core::primitive::str = #header;
        #warnings
        #private::policy(#private::Parts {
            name: #name,
            file: ::core::file!(),
            line: ::core::line!(),
            header: HEADER,
            table: #private::Table::new(
                #private::Bytes { text: #text, slots: #slots, pilots: #pilots, rules: #rules },
                &[#gates],
                #private::Places { everywhere: #everywhere, own: #own, others: #others, parents: #parents },
            ),
        })
    })
}

/// A header on which no cfg decides.
fn fixed_header(sources: &str) -> TokenStream {
    let header = if sources.is_empty() { NONE.to_owned() } else { format!("{DIRECTIVE} {sources}") };
    quote!(#header)
}

fn gated_header(list: &DeclaredList, private: &TokenStream) -> TokenStream {
    let segments = segments(list);
    quote!({
        const SEGMENTS: &[&::core::primitive::str] = &[#segments];
        const BYTES: [::core::primitive::u8; #private::header_length(#DIRECTIVE, SEGMENTS)] =
            #private::header(#DIRECTIVE, SEGMENTS);
        #private::text(&BYTES)
    })
}

/// The different gates of a list, in the order in which they are written.
struct Gates<'l> {
    distinct: Vec<&'l DeclaredGate>,
}

impl<'l> Gates<'l> {
    fn of(list: &'l DeclaredList) -> Self {
        let mut distinct: Vec<&DeclaredGate> = Vec::new();
        for gate in list.entries.iter().filter_map(|entry| entry.gate.as_ref()) {
            if !distinct.iter().any(|known| known.gate == gate.gate) {
                distinct.push(gate);
            }
        }
        Self { distinct }
    }

    fn is_empty(&self) -> bool {
        self.distinct.is_empty()
    }

    /// For each source the number of its gate, from 1; 0 for none. Empty if there are no gates.
    fn numbers(&self, list: &DeclaredList, sources: &[Option<SourceExpression<'_>>]) -> Vec<u16> {
        if self.is_empty() {
            return Vec::new();
        }
        let entries = list.entries.iter().zip(sources).filter(|(_, source)| source.is_some());
        let number = |entry: &DeclaredEntry| {
            let gate = entry.gate.as_ref()?;
            let position = self.distinct.iter().position(|known| known.gate == gate.gate)?;
            u16::try_from(position + 1).ok()
        };
        entries.map(|(entry, _)| number(entry).unwrap_or_default()).collect()
    }

    /// Whether each holds.
    fn tokens(&self) -> TokenStream {
        let mut tokens = TokenStream::new();
        for gate in &self.distinct {
            let predicates = &gate.predicates;
            tokens.extend(quote!(::core::cfg!(all(#(#predicates),*)),));
        }
        tokens
    }
}

/// The texts of the sources; what no cfg decides on is joined already.
fn segments(list: &DeclaredList) -> TokenStream {
    let mut segments = TokenStream::new();
    let mut run = String::new();
    let close = |run: &mut String, segments: &mut TokenStream| {
        if !run.is_empty() {
            segments.extend(quote!(#run,));
            run.clear();
        }
    };
    for (entry, declared) in list.to_entries().iter().zip(&list.entries) {
        let text = entry.value.text();
        if text.eq_ignore_ascii_case("'none'") {
            continue;
        }
        match &declared.gate {
            Some(gate) => {
                close(&mut run, &mut segments);
                let predicates = &gate.predicates;
                segments.extend(quote!(#(#[cfg(#predicates)])* #text,));
            }
            None => {
                if !run.is_empty() {
                    run.push(' ');
                }
                run.push_str(text);
            }
        }
    }
    close(&mut run, &mut segments);
    segments
}
