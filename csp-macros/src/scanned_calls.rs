use csp_core::scan::{ScannedCall, UnresolvedCall};
use csp_core::syntax::{Errors, ScannedInvocation};
use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::compile_errors;
use crate::runtime;
use crate::scanned::Found;

/// Writes what the build script found, or why nobody knows.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let ScannedInvocation { runtime, scan } = ScannedInvocation::parse(input, &mut errors);
    if !errors.is_empty() {
        return compile_errors(errors);
    }
    let private = runtime::private(runtime.as_ref());
    let mut found = Found::default();
    let Some((selection, _)) = found.select(&scan) else { return compile_errors(found.refusals) };
    let calls = selection.calls.iter().map(|ScannedCall { place, origin, sink, .. }| {
        let place = place.to_string();
        quote!((#origin, #sink, #place))
    });
    let unresolved = selection.unresolved.iter().map(|UnresolvedCall { place, sink, .. }| {
        let place = place.to_string();
        quote!((#sink, #place))
    });
    let value = quote!(#private::ScannedCalls::new(&[#(#calls),*], &[#(#unresolved),*]));
    let dependency = Found::dependency();
    quote!({
        #dependency
        const CSP_SCANNED_CALLS: #private::ScannedCalls = #value;
        CSP_SCANNED_CALLS
    })
}
