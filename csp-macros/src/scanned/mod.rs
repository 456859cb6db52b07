//! `#[scanned]` and `..scanned`: what a build script found, and whether the declaration covers it.

mod found;
mod spread;
mod warnings;

use csp_core::scan::{Coverage, ScannedCall, SourceUse, coverage, write_uncovered};
use csp_core::syntax::{DeclaredEntry, DeclaredGate, DeclaredList, DeclaredScan};
use csp_core::{ConstText, SourceExpression};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use crate::{gates, refusal};

pub(crate) use found::Found;
pub(crate) use spread::fill;

/// A declaration that is to cover what was found.
pub(crate) struct Subject<'d> {
    pub(crate) scan: &'d DeclaredScan,
    pub(crate) name: &'d Ident,
    /// Its own list of connections.
    pub(crate) list: Option<&'d DeclaredList>,
    /// Whether sources count that stand elsewhere, and are known in const evaluation only.
    pub(crate) has_others: bool,
}

/// What [`cover`] writes.
#[derive(Default)]
pub(crate) struct Cover {
    /// What stands beside the item: what fails where a call is not covered.
    pub(crate) items: TokenStream,
    /// Statements for within it.
    pub(crate) warnings: TokenStream,
}

/// Compares a declaration with what was found. What is not covered in any build is among the refusals.
pub(crate) fn cover(subject: &Subject<'_>, found: &mut Found, private: &TokenStream) -> Cover {
    let Some((selection, errors)) = found.select(subject.scan) else { return Cover::default() };
    let entries = subject.list.map_or(&[][..], |list| &list.entries);
    let sources: Vec<_> = entries.iter().map(|entry| entry.value.to_source()).collect();
    let mut cover = Cover { items: Found::dependency(), warnings: TokenStream::new() };
    let mut uses = vec![SourceUse::default(); entries.len()];
    for call in &selection.calls {
        let how = sources.iter().map(|source| source.map_or(Coverage::Nothing, |it| coverage(&call.origin, &it)));
        let how: Vec<Coverage> = how.collect();
        let is_whole = how.contains(&Coverage::Whole);
        uses.iter_mut().zip(&how).for_each(|(uses, how)| uses.add(call, *how, is_whole));
        let covering = || entries.iter().zip(&how).filter(|(_, how)| **how != Coverage::Nothing);
        if covering().any(|(entry, _)| entry.gate.is_none()) {
            continue;
        }
        let gates: Vec<_> = covering().filter_map(|(entry, _)| Some((entry, entry.gate.as_ref()?))).collect();
        if subject.has_others {
            cover.items.extend(subject.assertion(call, private));
        } else if gates.is_empty() {
            errors.push(subject.scan.span, subject.refusal(call, &sources));
        } else {
            cover.items.extend(subject.gated_refusal(call, &gates));
        }
    }
    cover.warnings.extend(warnings::of_sources(entries, &uses, selection.unresolved.len()));
    cover.warnings.extend(warnings::of_unresolved(subject, &selection.unresolved));
    cover
}

impl Subject<'_> {
    /// What to say about a call that nothing covers.
    fn refusal(&self, call: &ScannedCall, sources: &[Option<SourceExpression<'_>>]) -> String {
        let list: Vec<String> = sources.iter().flatten().map(ToString::to_string).collect();
        let (place, name, list) = (call.place.to_string(), self.name.to_string(), list.join(" "));
        ConstText::collect(|text| write_uncovered(text, &call.sink, &place, &call.origin, &name, &list))
    }

    /// What fails where none of the gates is open.
    fn gated_refusal(&self, call: &ScannedCall, gates: &[(&DeclaredEntry, &DeclaredGate)]) -> TokenStream {
        let ScannedCall { place, origin, sink, .. } = call;
        let mut message = format!(
            "`{sink}` at {place} connects to `{origin}`, which {} doesn't cover in this build\nthe browser will block \
             this call",
            self.name
        );
        for (entry, gate) in gates {
            let text = entry_text(entry);
            message += &format!("\nnote: `{text}` covers it only where `{}` holds", gate.gate.predicate);
        }
        message += "\nhelp: keep the call out of the front end of this build, or add a source that counts in it";
        let alternatives = gates.iter().map(|(_, gate)| gates::predicate(gate));
        let error = quote_spanned!(self.scan.span=> ::core::compile_error!(#message););
        quote!(#[cfg(not(any(#(#alternatives),*)))] #error)
    }

    /// What fails in const evaluation, where all sources are known.
    fn assertion(&self, call: &ScannedCall, private: &TokenStream) -> TokenStream {
        let ScannedCall { place, origin, sink, .. } = call;
        let (place, name) = (place.to_string(), self.name);
        let refusal = refusal::unless_empty(
            self.scan.span,
            &quote!(#private::uncovered_length(CSP_SCANNED_POLICY, CSP_CALLS)),
            &quote!(#private::uncovered(CSP_SCANNED_POLICY, CSP_CALLS)),
            private,
        );
        quote! {
            const _: () = {
                // The declaration may have the name of one of ours: it is named where none of the others is.
                const CSP_SCANNED_POLICY: &#private::Policy = #name.as_policy();
                const _: () = {
                    const CSP_CALLS: &[#private::ScannedCall] = &[(#origin, #sink, #place)];
                    #refusal
                };
            };
        }
    }
}

/// The source as it stands in the header.
fn entry_text(entry: &DeclaredEntry) -> String {
    entry.value.to_source().map(|source| source.to_string()).unwrap_or_default()
}
