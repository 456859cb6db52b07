//! What `#[scanned]` and `..scanned` take out of a scan: once for the macros, and for tools that read declarations.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Literal, Span};

use super::{DeclaredEntry, DeclaredGate, DeclaredList, DeclaredScan, DeclaredSpread, DeclaredValue, Errors};
use crate::scan::{Coverage, ScanData, ScannedCall, UnresolvedCall, coverage, is_local, normal_root};
use crate::{SourceExpression, excerpt, needs_justification, visible};

/// The option of a scan by which unresolved calls are errors.
const STRICT: &str = "strict";

/// What a declaration has to do with.
pub struct ScanSelection<'d> {
    /// The calls whose origin is known.
    pub calls: Vec<&'d ScannedCall>,
    /// Those whose origin is not.
    pub unresolved: Vec<&'d UnresolvedCall>,
}

impl DeclaredScan {
    /// What was found below the roots that are named. `None` if one is not scanned; that is a mistake, and so is each
    /// unresolved call if the scan was strict.
    pub fn select<'d>(&self, data: &'d ScanData, errors: &mut Errors) -> Option<ScanSelection<'d>> {
        let roots: Vec<&str> = data.roots.iter().map(|root| normal_root(root)).collect();
        let mut is_known = true;
        for root in self.roots.iter().filter(|root| !roots.contains(&normal_root(&root.path))) {
            is_known = false;
            let known: Vec<String> = data.roots.iter().map(|root| format!("\"{root}\"")).collect();
            let message = format!(
                "the build script doesn't scan `{}`, but {}\nhelp: add it in build.rs: .root(\"{}\"), or name one that is \
                 scanned",
                excerpt(&root.path),
                known.join(", "),
                excerpt(&root.path)
            );
            errors.push(root.span, message);
        }
        if !is_known {
            return None;
        }
        let is_meant = |place: &crate::scan::ScannedPlace| {
            self.roots.is_empty() || self.roots.iter().any(|root| place.is_below(&root.path))
        };
        let selection = ScanSelection {
            calls: data.calls.iter().filter(|call| is_meant(&call.place)).collect(),
            unresolved: data.unresolved.iter().filter(|call| is_meant(&call.place)).collect(),
        };
        if data.options.iter().any(|option| option.name == STRICT) {
            for call in &selection.unresolved {
                errors.push(self.span, unresolved_error(call));
            }
        }
        Some(selection)
    }
}

impl DeclaredList {
    /// Puts the origins of these calls in the place of a `..scanned`; the last one of a list comes first. Those of this
    /// machine count under `debug_assertions`. What isn't encrypted is a mistake, unless it is declared.
    pub fn fill(&mut self, spread: &DeclaredSpread, calls: &[&ScannedCall], errors: &mut Errors) {
        let span = spread.scan.span;
        let mut origins: BTreeMap<&str, &ScannedCall> = BTreeMap::new();
        for call in calls {
            origins.entry(&call.origin).or_insert(call);
        }
        let mut entries = Vec::new();
        for (origin, call) in origins {
            if self.declares(origin) {
                continue;
            }
            let local = is_local(origin);
            let is_plain = SourceExpression::parse(origin).is_some_and(|source| needs_justification(&source)) && !local;
            if is_plain {
                errors.push(
                    span,
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
                value: value(origin, span),
                gate: local.then(DeclaredGate::debug_assertions).flatten(),
                insecure: None,
                reason: Some(format!("{} at {}", call.sink, call.place)),
            });
        }
        let (position, count) = (spread.position, entries.len());
        self.includes.iter_mut().filter(|include| include.position >= position).for_each(|include| {
            include.position += count;
        });
        self.entries.splice(position..position, entries);
    }

    /// Whether an entry covers the origin in every build, or declares just that.
    fn declares(&self, origin: &str) -> bool {
        self.entries.iter().any(|entry| {
            let Some(source) = entry.value.to_source() else { return false };
            source.to_string() == origin || (entry.gate.is_none() && coverage(origin, &source) == Coverage::Whole)
        })
    }
}

fn value(origin: &str, span: Span) -> DeclaredValue {
    if origin == "'self'" {
        return DeclaredValue::SelfOrigin(span);
    }
    let mut literal = Literal::string(origin);
    literal.set_span(span);
    DeclaredValue::Source(literal, origin.to_owned())
}

fn unresolved_error(call: &UnresolvedCall) -> String {
    let UnresolvedCall { place, sink, code, detail } = call;
    format!(
        "it is not known what `{sink}` at {place} connects to: {}\n{code}: the build script is strict\nhelp: say it in a \
         comment before the call: // csp-connect: https://…",
        visible(detail)
    )
}
