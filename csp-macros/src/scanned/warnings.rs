//! What a scan leaves to be looked at.

use csp_core::FindingCode;
use csp_core::scan::{SourceUse, UnresolvedCall, is_local};
use csp_core::syntax::DeclaredEntry;
use proc_macro2::TokenStream;

use super::{Subject, entry_text};
use crate::diagnostic::warning;

/// Sources that no call uses, and those whose path nobody has compared. A reason on a source silences it; servers for
/// development are in no code.
pub(super) fn of_sources(entries: &[DeclaredEntry], uses: &[SourceUse<'_>], unresolved: usize) -> TokenStream {
    let mut warnings = TokenStream::new();
    for (entry, uses) in entries.iter().zip(uses).filter(|(entry, _)| entry.reason.is_none()) {
        let text = entry_text(entry);
        let is_development = entry.gate.is_some() && is_local(&text);
        if text.is_empty() || (*uses == SourceUse::Unused && is_development) {
            continue;
        }
        if let Some(finding) = uses.finding(&text, unresolved) {
            warnings.extend(warning(finding.code, &finding.report(), entry.value.span()));
        }
    }
    warnings
}

/// One warning for all calls whose origin is not known.
pub(super) fn of_unresolved(subject: &Subject<'_>, calls: &[&UnresolvedCall]) -> TokenStream {
    const SHOWN: usize = 3;

    if calls.is_empty() {
        return TokenStream::new();
    }
    let count = match calls.len() {
        1 => "of 1 call of the front end it is".to_owned(),
        count => format!("of {count} calls of the front end it is"),
    };
    let mut note = format!("{count} not known what it connects to: {} can't be compared with them", subject.name);
    for call in calls.iter().take(SHOWN) {
        note += &format!("\n`{}` at {}: {}", call.sink, call.place, csp_core::visible(&call.detail));
    }
    if calls.len() > SHOWN {
        note += &format!("\nand {} more: `cargo csp scan` lists them", calls.len() - SHOWN);
    }
    note += "\nhelp: say it in a comment before the call: // csp-connect: https://…";
    warning(FindingCode::UnresolvedUrl, &note, subject.scan.span)
}
