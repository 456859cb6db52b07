use csp_core::syntax::DeclaredInclude;
use proc_macro2::TokenStream;
use quote::quote;

use super::{List, ListEntry};
use crate::gates;

impl List<'_> {
    /// The texts of the sources, as elements of a slice; what no cfg decides on is joined already.
    pub(crate) fn segments(&self) -> TokenStream {
        let mut segments = Segments::default();
        let mut includes = self.includes.iter().peekable();
        for (position, entry) in self.entries.iter().enumerate() {
            while let Some(include) = includes.next_if(|include| include.position <= position) {
                segments.include(include);
            }
            segments.entry(entry);
        }
        includes.for_each(|include| segments.include(include));
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

    fn include(&mut self, include: &DeclaredInclude) {
        self.close();
        let (cfg, path) = (gates::attributes(include.gate.as_ref()), &include.path);
        self.tokens.extend(quote!(#cfg #path.as_policy().source_list(),));
    }

    fn close(&mut self) {
        if !self.run.is_empty() {
            let run = core::mem::take(&mut self.run);
            self.tokens.extend(quote!(#run,));
        }
    }
}
