//! The text of a header, put together in const evaluation.

use csp_core::DirectiveName;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// One directive, as an element of a slice.
pub(crate) fn part(name: DirectiveName, is_list: bool, segments: &TokenStream, private: &TokenStream) -> TokenStream {
    let name = directive_name(name, private);
    quote!(#private::Part { name: #name, is_list: #is_list, segments: &[#segments] },)
}

/// The path of a directive's name.
pub(crate) fn directive_name(name: DirectiveName, private: &TokenStream) -> TokenStream {
    let variant = Ident::new(&format!("{name:?}"), Span::call_site());
    quote!(#private::DirectiveName::#variant)
}

/// An expression for the text of a policy: of `base`, without the directives in `removed`, and of `parts`.
pub(crate) fn text(
    base: &TokenStream,
    removed: &TokenStream,
    parts: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    quote!({
        const CSP_BASE: &::core::primitive::str = #base;
        const CSP_REMOVED: &[#private::DirectiveName] = &[#removed];
        const CSP_PARTS: &[#private::Part<'static>] = &[#parts];
        const CSP_BYTES: [::core::primitive::u8; #private::header_length(CSP_BASE, CSP_REMOVED, CSP_PARTS)] =
            #private::header(CSP_BASE, CSP_REMOVED, CSP_PARTS);
        #private::text(&CSP_BYTES)
    })
}
