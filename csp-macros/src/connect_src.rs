use csp_core::DirectiveName;
use csp_core::syntax::{ConnectSrc, ConnectSrcBody, ConnectSrcItem, DeclaredList, Errors, ItemHead};
use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;

use crate::diagnostic::compile_errors;
use crate::list::{Connections, List};
use crate::scanned::{Cover, Found, Subject};
use crate::{docs, header, item, runtime, scanned};

const DIRECTIVE: DirectiveName = DirectiveName::ConnectSrc;

/// The header that allows nothing.
const NONE: &str = "connect-src 'none'";

/// Writes the items or the expression, and every mistake.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let mut invocation = ConnectSrc::parse(input, &mut errors);
    let mut found = Found::default();
    let private = runtime::private(invocation.runtime.as_ref());
    match &mut invocation.body {
        ConnectSrcBody::Items(items) => {
            let items: TokenStream =
                items.iter_mut().map(|item| expand_item(item, &mut found, &private, &mut errors)).collect();
            let errors = [errors, found.refusals].map(compile_errors);
            quote!(#(#errors)* #items)
        }
        ConnectSrcBody::Expression(list) => {
            let name = "connect_src!";
            let mut items = TokenStream::new();
            scanned::fill(list, &mut found, &mut items, &mut errors);
            let policy = expand_list(list, name, Span::call_site(), &TokenStream::new(), &private, &mut errors);
            if list.is_empty() && !errors.is_empty() {
                // Perhaps items were meant, and a block can't stand where they do.
                return compile_errors(errors);
            }
            let errors = [errors, found.refusals].map(compile_errors);
            quote!({
                #(#errors)*
                #items
                static POLICY: #private::Policy = #policy;
                &POLICY
            })
        }
    }
}

fn expand_item(
    item: &mut ConnectSrcItem,
    found: &mut Found,
    private: &TokenStream,
    errors: &mut Errors,
) -> TokenStream {
    let ConnectSrcItem { head, list } = item;
    let ItemHead { name, scanned, .. } = &*head;
    let mut items = TokenStream::new();
    scanned::fill(list, found, &mut items, errors);
    let list = &*list;
    let cover = scanned.as_ref().map(|scan| {
        let subject = Subject { scan, name, list: Some(list), has_others: !list.includes.is_empty() };
        scanned::cover(&subject, found, private)
    });
    let Cover { items: assertions, warnings } = cover.unwrap_or_default();
    let policy = expand_list(list, &name.to_string(), name.span(), &warnings, private, errors);
    // After a mistake there is nothing in the item that could cover anything.
    let assertions = if errors.is_empty() { assertions } else { TokenStream::new() };
    let docs = docs::connect_src(list);
    item::expand(head, &docs, &quote!(#private::Policy), &policy, &quote!(#items #assertions))
}

/// The policy as an expression; the warnings stand in it, those of a scan among them.
fn expand_list(
    list: &DeclaredList,
    name: &str,
    span: Span,
    of_scan: &TokenStream,
    private: &TokenStream,
    errors: &mut Errors,
) -> TokenStream {
    let list = List::check(DirectiveName::ConnectSrc, list, span, errors);
    let fixed = list.text();
    // Behind its name; of `'none'` nothing.
    let start = if fixed.is_empty() { NONE.len() } else { DIRECTIVE.as_str().len() + 1 };
    let start = Literal::usize_unsuffixed(start);
    let text = quote!(#private::behind(CSP_HEADER, #start));
    let Some(Connections { items, table, includes, has_own_sources }) = list.connections(name, Some(text), private)
    else {
        errors.push(span, "the list is too large: a declaration has at most 64 MiB of text");
        return quote!(::core::unreachable!());
    };
    let header = if list.is_fixed() {
        let text = if fixed.is_empty() { NONE.to_owned() } else { format!("{DIRECTIVE} {fixed}") };
        quote!(#text)
    } else {
        let part = header::part(DIRECTIVE, true, &list.segments(private), private);
        header::text(&quote!(""), &TokenStream::new(), &part, private)
    };
    // One const less is one less to check, for the declarations that take in nothing.
    let (taken_in, includes) = if includes.is_empty() {
        (None, quote!(&[]))
    } else {
        (Some(quote!(const CSP_INCLUDES: &[&#private::Policy] = &[#includes];)), quote!(CSP_INCLUDES))
    };
    let warnings = &list.warnings;
    let has_mistakes = !errors.is_empty();
    quote!({
        const CSP_HEADER: &::core::primitive::str = #header;
        #taken_in
        #items
        #warnings
        #of_scan
        #private::Policy::from_parts(#private::Parts {
            name: #name,
            file: ::core::file!(),
            line: ::core::line!(),
            header: CSP_HEADER,
            directive: CSP_HEADER,
            table: #table,
            includes: #includes,
            has_own_sources: #has_own_sources,
            has_mistakes: #has_mistakes,
            disposition: #private::Disposition::Enforce,
            reporting_endpoints: ::core::option::Option::None,
            connection_allowlist: ::core::option::Option::None,
        })
    })
}
