use csp_core::syntax::ItemHead;
use proc_macro2::TokenStream;
use quote::quote;

use crate::gates;

/// A `static`, and a type of its name: a policy that extends this one is of the same type, and knows only the name.
/// What stands `beside` them is there in the same builds.
pub(crate) fn expand(
    head: &ItemHead,
    docs: &TokenStream,
    kind: &TokenStream,
    value: &TokenStream,
    beside: &TokenStream,
) -> TokenStream {
    let ItemHead { attributes, visibility, name, gate, .. } = head;
    let cfg = gates::attributes(gate.as_ref());
    let beside =
        if cfg.is_empty() || beside.is_empty() { beside.clone() } else { quote!(#cfg const _: () = { #beside };) };
    quote! {
        #attributes
        #docs
        #visibility static #name: #kind = #value;

        #cfg
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, clippy::upper_case_acronyms)]
        #visibility type #name = #kind;

        #beside
    }
}
