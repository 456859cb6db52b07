//! What is known in const evaluation only, and fails the build there.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

/// Statements that fail to compile, at `span`, unless a message is empty. `length` and `message` are expressions for it: an
/// array of bytes, and how many those are.
pub(crate) fn unless_empty(
    span: Span,
    length: &TokenStream,
    message: &TokenStream,
    private: &TokenStream,
) -> TokenStream {
    let panic = quote_spanned!(span=> ::core::panic!("{}", #private::text(&CSP_MESSAGE)));
    quote! {
        const CSP_LENGTH: ::core::primitive::usize = #length;
        const CSP_MESSAGE: [::core::primitive::u8; CSP_LENGTH] = #message;
        if CSP_LENGTH > 0 {
            #panic
        }
    }
}
