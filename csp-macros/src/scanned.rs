//! `#[scanned]` and `..scanned`: what a build script found, and whether the declaration covers it.

mod found;
mod spread;

use csp_core::scan::{Coverage, ScannedCall, coverage, is_local, write_uncovered};
use csp_core::syntax::{DeclaredEntry, DeclaredGate, DeclaredList, DeclaredScan};
use csp_core::{ConstText, FindingCode, SourceExpression};
use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use crate::diagnostic::warning;

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
    let mut uses = Uses::of(entries.len());
    for call in &selection.calls {
        let how = sources.iter().map(|source| source.map_or(Coverage::Nothing, |it| coverage(&call.origin, &it)));
        let how: Vec<Coverage> = how.collect();
        uses.add(call, &how);
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
    cover.warnings.extend(uses.warnings(entries, selection.unresolved.len()));
    cover.warnings.extend(found::unresolved(subject, &selection.unresolved));
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
        let alternatives = gates.iter().map(|(_, gate)| {
            let predicates = &gate.predicates;
            quote!(all(#(#predicates),*))
        });
        let error = quote_spanned!(self.scan.span=> ::core::compile_error!(#message););
        quote!(#[cfg(not(any(#(#alternatives),*)))] #error)
    }

    /// What fails in const evaluation, where all sources are known.
    fn assertion(&self, call: &ScannedCall, private: &TokenStream) -> TokenStream {
        let ScannedCall { place, origin, sink, .. } = call;
        let (place, name) = (place.to_string(), self.name);
        let panic = quote_spanned!(self.scan.span=> ::core::panic!("{}", #private::text(&MESSAGE)));
        quote! {
            const _: () = {
                // The declaration may have the name of one of ours: it is named where none of them is.
                const CSP_SCANNED_POLICY: &#private::Policy = #name.as_policy();
                const _: () = {
                    const CALLS: &[#private::ScannedCall] = &[(#origin, #sink, #place)];
                    const LENGTH: ::core::primitive::usize = #private::uncovered_length(CSP_SCANNED_POLICY, CALLS);
                    const MESSAGE: [::core::primitive::u8; LENGTH] = #private::uncovered(CSP_SCANNED_POLICY, CALLS);
                    if LENGTH > 0 {
                        #panic
                    }
                };
            };
        }
    }
}

/// Which calls use which source.
struct Uses<'c> {
    is_used: Vec<bool>,
    /// For each source the first call that it covers below a path alone, and how many there are.
    below_path: Vec<Option<(&'c ScannedCall, usize)>>,
}

impl<'c> Uses<'c> {
    fn of(count: usize) -> Self {
        Self { is_used: vec![false; count], below_path: vec![None; count] }
    }

    fn add(&mut self, call: &'c ScannedCall, how: &[Coverage]) {
        let is_whole = how.contains(&Coverage::Whole);
        for (position, how) in how.iter().enumerate() {
            self.is_used[position] |= *how != Coverage::Nothing;
            if *how == Coverage::BelowPath && !is_whole {
                let (first, count) = self.below_path[position].unwrap_or((call, 0));
                self.below_path[position] = Some((first, count + 1));
            }
        }
    }

    /// A reason on a source silences what is said of it; servers for development are in no code.
    fn warnings(&self, entries: &[DeclaredEntry], unresolved: usize) -> TokenStream {
        let mut warnings = TokenStream::new();
        for (position, entry) in entries.iter().enumerate().filter(|(_, entry)| entry.reason.is_none()) {
            let (text, span) = (entry_text(entry), entry.value.span());
            let is_development = entry.gate.is_some() && is_local(&text);
            if entry.value.to_source().is_none() {
                continue;
            }
            if let Some((call, count)) = self.below_path[position] {
                let more = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
                let note = format!(
                    "source `{text}` covers `{}` at {}{more} below its path only, and a scan knows no paths: look \
                     whether the browser will allow them\nhelp: say that it does: \"{text}\" => \"reason\", or declare \
                     the origin",
                    call.sink, call.place
                );
                warnings.extend(warning(FindingCode::PathNotCompared, &note, span));
            } else if !self.is_used[position] && !is_development {
                let doubt = match unresolved {
                    0 => String::new(),
                    1 => " (unless the unresolved one does)".to_owned(),
                    count => format!(" (unless one of {count} unresolved ones does)"),
                };
                let written = if text == "'self'" { "self".to_owned() } else { format!("\"{text}\"") };
                let note = format!(
                    "no call that the build script found connects to `{text}`{doubt}\nhelp: remove it, or say why it is \
                     there: {written} => \"reason\""
                );
                warnings.extend(warning(FindingCode::UnusedSource, &note, span));
            }
        }
        warnings
    }
}

/// The source as it stands in the header.
fn entry_text(entry: &DeclaredEntry) -> String {
    entry.value.to_source().map(|source| source.to_string()).unwrap_or_default()
}
