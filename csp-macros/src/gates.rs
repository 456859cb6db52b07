//! The cfgs of entries, as tokens.

use csp_core::syntax::DeclaredGate;
use proc_macro2::TokenStream;
use quote::quote;

use crate::list::ListEntry;

/// The attributes that leave out what stands behind them where the gate doesn't hold.
pub(crate) fn attributes(gate: Option<&DeclaredGate>) -> TokenStream {
    let predicates = gate.iter().flat_map(|gate| &gate.predicates);
    quote!(#(#[cfg(#predicates)])*)
}

/// The gate as one predicate.
pub(crate) fn predicate(gate: &DeclaredGate) -> TokenStream {
    let predicates = &gate.predicates;
    quote!(all(#(#predicates),*))
}

/// The different gates of a list, in the order in which they are written.
pub(crate) struct Gates<'l> {
    distinct: Vec<&'l DeclaredGate>,
}

impl<'l> Gates<'l> {
    pub(crate) fn of(entries: &'l [ListEntry<'_>]) -> Self {
        let mut distinct: Vec<&DeclaredGate> = Vec::new();
        for gate in entries.iter().filter_map(ListEntry::gate) {
            if !distinct.iter().any(|known| known.gate == gate.gate) {
                distinct.push(gate);
            }
        }
        Self { distinct }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.distinct.is_empty()
    }

    /// For each source the number of its gate, from 1; 0 for none. Empty if there are no gates.
    pub(crate) fn numbers(&self, entries: &[ListEntry<'_>]) -> Vec<u16> {
        if self.is_empty() {
            return Vec::new();
        }
        let number = |entry: &ListEntry<'_>| {
            let gate = entry.gate()?;
            let position = self.distinct.iter().position(|known| known.gate == gate.gate)?;
            u16::try_from(position + 1).ok()
        };
        let sources = entries.iter().filter(|entry| entry.is_source());
        sources.map(|entry| number(entry).unwrap_or_default()).collect()
    }

    /// Whether each holds.
    pub(crate) fn tokens(&self) -> TokenStream {
        let predicates = self.distinct.iter().map(|gate| predicate(gate));
        quote!(#(::core::cfg!(#predicates),)*)
    }
}
