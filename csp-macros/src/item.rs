use csp_core::syntax::DeclaredGate;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A `static`, and a type of its name: a policy that extends this one is of the same type, and knows only the name.
/// What stands `beside` them is there in the same builds.
#[expect(clippy::too_many_arguments, reason = "the parts of an item, in their order")]
pub(crate) fn expand(
    attributes: &TokenStream,
    gate: Option<&DeclaredGate>,
    docs: &TokenStream,
    visibility: &TokenStream,
    name: &Ident,
    kind: &TokenStream,
    value: &TokenStream,
    beside: &TokenStream,
) -> TokenStream {
    let predicates = gate.iter().flat_map(|gate| &gate.predicates);
    let cfgs = quote!(#(#[cfg(#predicates)])*);
    let beside =
        if cfgs.is_empty() || beside.is_empty() { beside.clone() } else { quote!(#cfgs const _: () = { #beside };) };
    quote! {
        #attributes
        #docs
        #visibility static #name: #kind = #value;

        #cfgs
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, clippy::upper_case_acronyms)]
        #visibility type #name = #kind;

        #beside
    }
}
