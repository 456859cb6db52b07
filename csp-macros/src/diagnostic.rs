//! Problems become errors and warnings of the compiler.

use csp_core::syntax::{DeclaredList, Errors};
use csp_core::{Checked, Finding, ProblemKind};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

/// Sends refusals to `errors`, each to its literal, and writes the warnings. `list_span` is where the list is named.
pub(crate) fn report(checked: &Checked<'_>, list: &DeclaredList, list_span: Span, errors: &mut Errors) -> TokenStream {
    let mut warnings = TokenStream::new();
    for problem in &checked.problems {
        let span = problem.entry.map_or(list_span, |entry| list.entries[entry].value.span());
        match &problem.kind {
            ProblemKind::Error(_) => errors.push(span, problem.report()),
            ProblemKind::Warning(finding) => warnings.extend(warning(finding, &problem.report(), span)),
            _ => {}
        }
    }
    warnings
}

/// Stable Rust has no warnings of macros; the use of something deprecated is one. Its name tells the finding.
fn warning(finding: &Finding<'_>, report: &str, span: Span) -> TokenStream {
    let name = Ident::new(&finding.code.as_str().replace('-', "_"), span);
    let note = format!("{report}\n(justify it by #[insecure(reason = \"…\")] on the source)");
    quote_spanned! {span=>
        const _: () = {
            #[allow(non_camel_case_types)]
            #[deprecated(note = #note)]
            struct #name;
            let _ = #name;
        };
    }
}
