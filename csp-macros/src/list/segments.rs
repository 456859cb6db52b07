use csp_core::syntax::DeclaredInclude;
use proc_macro2::TokenStream;
use quote::quote;

use super::{List, ListEntry};
use crate::gates;

impl List<'_> {
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
    pub(super) fn own_segments(&self) -> TokenStream {
        let mut segments = Segments::default();
        self.entries.iter().for_each(|entry| segments.entry(entry));
        segments.close();
        segments.tokens
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
        // A nonce is compared with those of an extended policy, and stands alone.
        if entry.gate().is_some() || text == csp_core::NONCE_HOLE {
            self.close();
            let cfg = gates::attributes(entry.gate());
            self.tokens.extend(quote!(#cfg #text,));
            return;
        }
        if !self.run.is_empty() {
            self.run.push(' ');
        }
        self.run.push_str(text);
    }

    /// What two declarations have, such as `self`, stands in the header once.
    fn include(&mut self, include: &DeclaredInclude, before: &[DeclaredInclude], private: &TokenStream) {
        self.close();
        let text = |DeclaredInclude { path, .. }: &DeclaredInclude| quote!(#path.as_policy().source_list());
        let cfg_of = |DeclaredInclude { gate, .. }: &DeclaredInclude| gates::attributes(gate.as_ref());
        let (own, cfg) = (text(include), cfg_of(include));
        if before.is_empty() {
            self.tokens.extend(quote!(#cfg #own,));
            return;
        }
        let (texts, cfgs) = (before.iter().map(text), before.iter().map(cfg_of));
        self.tokens.extend(quote! {
            #cfg
            {
                const CSP_BEFORE: &[&::core::primitive::str] = &[#(#cfgs #texts,)*];
                const CSP_NEW: [::core::primitive::u8; #private::only_new_length(#own, CSP_BEFORE)] =
                    #private::only_new(#own, CSP_BEFORE);
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
