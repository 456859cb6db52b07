use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;

/// A `static`, and a type of its name: a policy that extends this one is of the same type, and knows only the name.
/// What stands `beside` them is there in the same builds.
pub(crate) fn expand(
    attributes: &TokenStream,
    docs: &TokenStream,
    visibility: &TokenStream,
    name: &Ident,
    kind: &TokenStream,
    value: &TokenStream,
    beside: &TokenStream,
) -> TokenStream {
    let cfgs = cfgs(attributes);
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

/// The `#[cfg(…)]` among the attributes of an item.
fn cfgs(attributes: &TokenStream) -> TokenStream {
    let mut tokens = attributes.clone().into_iter();
    let mut cfgs = TokenStream::new();
    while let (Some(hash), Some(group)) = (tokens.next(), tokens.next()) {
        if let TokenTree::Group(attribute) = &group
            && attribute.delimiter() == Delimiter::Bracket
            && matches!(attribute.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "cfg")
        {
            cfgs.extend([hash, group]);
        }
    }
    cfgs
}
