use csp_core::DirectiveName;
use csp_core::syntax::{DeclaredEndpoint, DeclaredPolicy, EffectiveDirective, EffectiveValue};
use proc_macro2::TokenStream;
use quote::quote;

use super::Expansion;
use crate::{gates, header};

impl Expansion<'_> {
    /// An expression for the text of the header.
    pub(super) fn header(&self, policy: &DeclaredPolicy) -> TokenStream {
        let private = self.private;
        let mut parts = TokenStream::new();
        for EffectiveDirective { name, value, gate, is_inverted } in policy.effective_directives() {
            let part = match value {
                EffectiveValue::Default(text) => header::part(name, name.has_source_list(), &quote!(#text,), private),
                EffectiveValue::Sources(_) => {
                    let segments = self.list(name).map(|list| list.segments(private)).unwrap_or_default();
                    header::part(name, true, &segments, private)
                }
                EffectiveValue::Words(words) => {
                    let texts = words.iter().map(|word| &word.text);
                    header::part(name, false, &quote!(#(#texts,)*), private)
                }
            };
            let cfg = match gate.filter(|_| is_inverted).map(gates::predicate) {
                Some(predicate) => quote!(#[cfg(not(#predicate))]),
                None => gates::attributes(gate),
            };
            parts.extend(quote!(#cfg #part));
        }
        if let Some(DeclaredEndpoint { name, url, gate }) = &policy.report_to {
            for (directive, text) in [(DirectiveName::ReportTo, &name.text), (DirectiveName::ReportUri, &url.text)] {
                let cfg = gates::attributes(gate.as_ref());
                let part = header::part(directive, false, &quote!(#text,), private);
                parts.extend(quote!(#cfg #part));
            }
        }
        let base = policy.extends.as_ref().map_or_else(|| quote!(""), |(base, _)| quote!(#base.template()));
        let mut removed = TokenStream::new();
        for (name, gate) in policy.removed() {
            let (cfg, name) = (gates::attributes(gate), header::directive_name(name, private));
            removed.extend(quote!(#cfg #name,));
        }
        header::text(&base, &removed, &parts, private)
    }
}
