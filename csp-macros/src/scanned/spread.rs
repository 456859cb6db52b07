//! `..scanned`: the sources of a list are what a build script found.

use std::collections::BTreeMap;

use csp_core::scan::{Coverage, ScannedCall, coverage, is_local};
use csp_core::syntax::{DeclaredEntry, DeclaredGate, DeclaredList, DeclaredSpread, DeclaredValue, Errors};
use csp_core::{SourceExpression, needs_justification};
use proc_macro2::{Literal, Span, TokenStream};

use super::{Found, source_of};

/// Puts the origins in the place of each `..scanned`. Those of this machine count under `debug_assertions`. `items` gets
/// what stands beside the declaration.
pub(crate) fn fill(list: &mut DeclaredList, found: &mut Found, items: &mut TokenStream, errors: &mut Errors) {
    for DeclaredSpread { position, scan } in core::mem::take(&mut list.spreads).into_iter().rev() {
        let Some((selection, _)) = found.select(&scan) else {
            // A list in which something is missing is judged no further.
            core::mem::take(&mut found.refusals).into_error().into_iter().for_each(|error| errors.combine(error));
            continue;
        };
        items.extend(Found::dependency());
        let mut origins: BTreeMap<&str, &ScannedCall> = BTreeMap::new();
        for call in &selection.calls {
            origins.entry(&call.origin).or_insert(call);
        }
        let mut entries = Vec::new();
        for (origin, call) in origins {
            if is_declared(origin, list) {
                continue;
            }
            let local = is_local(origin);
            let is_plain = SourceExpression::parse(origin).is_some_and(|source| needs_justification(&source)) && !local;
            if is_plain {
                errors.push(
                    scan.span,
                    format!(
                        "`..scanned` doesn't take in `{origin}`, which is not encrypted: `{}` at {} connects to \
                         it\nanybody on the network can read and change what goes over it\nhelp: call it by an \
                         encrypted scheme, or declare it: #[insecure(reason = \"…\")] \"{origin}\",",
                        call.sink, call.place
                    ),
                );
                continue;
            }
            entries.push(DeclaredEntry {
                value: value(origin, scan.span),
                gate: local.then(DeclaredGate::debug_assertions).flatten(),
                insecure: None,
                reason: Some(format!("{} at {}", call.sink, call.place)),
            });
        }
        let count = entries.len();
        list.includes.iter_mut().filter(|include| include.position >= position).for_each(|include| {
            include.position += count;
        });
        list.entries.splice(position..position, entries);
    }
}

/// Whether an entry covers the origin in every build, or declares just that.
fn is_declared(origin: &str, list: &DeclaredList) -> bool {
    list.entries.iter().any(|entry| {
        let Some(source) = source_of(entry) else { return false };
        source.to_string() == origin || (entry.gate.is_none() && coverage(origin, &source) == Coverage::Whole)
    })
}

fn value(origin: &str, span: Span) -> DeclaredValue {
    if origin == "'self'" {
        return DeclaredValue::SelfOrigin(span);
    }
    let mut literal = Literal::string(origin);
    literal.set_span(span);
    DeclaredValue::Source(literal, origin.to_owned())
}
