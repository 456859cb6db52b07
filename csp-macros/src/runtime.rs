use proc_macro2::TokenStream;
use quote::quote;

/// The path of what emitted code may name.
pub(crate) fn private(runtime: Option<&TokenStream>) -> TokenStream {
    match runtime {
        Some(runtime) => quote!(#runtime::__private),
        None => quote!(::csp_runtime::__private),
    }
}
