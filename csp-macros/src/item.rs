use csp_core::syntax::ItemHead;
use proc_macro2::TokenStream;
use quote::quote;

/// A `static`, and a type of its name: a policy that extends this one is of the same type, and knows only the name.
pub(crate) fn expand(head: &ItemHead, docs: &TokenStream, kind: &TokenStream, value: &TokenStream) -> TokenStream {
    let ItemHead { attributes, visibility, name, .. } = head;
    quote! {
        #attributes
        #docs
        #visibility static #name: #kind = #value;

        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, clippy::upper_case_acronyms)]
        #visibility type #name = #kind;
    }
}
