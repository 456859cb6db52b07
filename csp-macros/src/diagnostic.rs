//! Problems become errors and warnings of the compiler.

use csp_core::syntax::{DeclaredList, Errors};
use csp_core::{Checked, FindingCode, ProblemKind};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

/// Sends refusals to `errors`, each to its literal, and writes the warnings as statements.
/// `list_span` is where the list is named.
pub(crate) fn report(checked: &Checked<'_>, list: &DeclaredList, list_span: Span, errors: &mut Errors) -> TokenStream {
    let mut warnings = TokenStream::new();
    // What could not be read is missing in the list: nothing can be said about its length.
    let complete = errors.is_empty();
    for problem in &checked.problems {
        let span = problem.entry.map_or(list_span, |entry| list.entries[entry].value.span());
        match &problem.kind {
            ProblemKind::Error(_) => errors.push(span, problem.report()),
            ProblemKind::Warning(_) if problem.entry.is_none() && !complete => {}
            ProblemKind::Warning(finding) if finding.code == FindingCode::EmptyList && !list.is_empty() => {}
            ProblemKind::Warning(finding) => {
                let mut note = problem.report();
                if problem.entry.is_some() && finding.code != FindingCode::UnusedInsecure {
                    note += "\n(justify it by #[insecure(reason = \"…\")] on the source)";
                }
                warnings.extend(warning(finding.code, &note, span));
            }
            _ => {}
        }
    }
    warnings
}

/// All of them, as items or statements.
pub(crate) fn compile_errors(errors: Errors) -> TokenStream {
    errors.into_error().map(|error| error.to_compile_error()).unwrap_or_default()
}

/// Stable Rust has no warnings of macros; the use of something deprecated is one. Its name tells the finding. A
/// statement, so that the attributes of the item that it stands in hold for it.
pub(crate) fn warning(code: FindingCode, note: &str, span: Span) -> TokenStream {
    let name = Ident::new(&code.as_str().replace('-', "_"), span);
    quote_spanned! {span=>
        {
            #[allow(non_camel_case_types)]
            #[deprecated(note = #note)]
            struct #name;
            let _ = #name;
        }
    }
}
