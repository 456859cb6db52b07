use csp_core::syntax::{ConnectSrc, ConnectSrcBody, ConnectSrcItem, DeclaredList, Errors};
use csp_core::{Checked, HostPart, HostSource, Keyword, PortPart, SchemePart, SourceExpression, check};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::{diagnostic, docs, runtime};

const DIRECTIVE: &str = "connect-src";

/// Writes the items or the expression, and every mistake.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let invocation = ConnectSrc::parse(input, &mut errors);
    let private = runtime::private(invocation.runtime.as_ref());
    match &invocation.body {
        ConnectSrcBody::Items(items) => {
            let items: TokenStream = items.iter().map(|item| expand_item(item, &private, &mut errors)).collect();
            let errors = compile_errors(errors);
            quote!(#errors #items)
        }
        ConnectSrcBody::Expression(list) => {
            let name = "connect_src!";
            let (policy, warnings) = expand_list(list, name, Span::call_site(), &private, &mut errors);
            let errors = compile_errors(errors);
            quote!({
                #errors
                #warnings
                static POLICY: #private::Policy = #policy;
                &POLICY
            })
        }
    }
}

fn compile_errors(errors: Errors) -> TokenStream {
    errors.into_error().map(|error| error.to_compile_error()).unwrap_or_default()
}

fn expand_item(item: &ConnectSrcItem, private: &TokenStream, errors: &mut Errors) -> TokenStream {
    let ConnectSrcItem { attributes, visibility, name, list } = item;
    let (policy, warnings) = expand_list(list, &name.to_string(), name.span(), private, errors);
    let docs = docs::item_docs(list, DIRECTIVE);
    quote! {
        #(#attributes)*
        #docs
        #visibility static #name: #private::Policy = #policy;
        #warnings
    }
}

/// The policy as an expression, and the warnings as items.
fn expand_list(
    list: &DeclaredList,
    name: &str,
    span: Span,
    private: &TokenStream,
    errors: &mut Errors,
) -> (TokenStream, TokenStream) {
    let entries = list.to_entries();
    let checked = check(&entries);
    let warnings = diagnostic::report(&checked, list, span, errors);
    // After a mistake the item stays, so that its uses don't fail too; with nothing in it.
    let refused = !errors.is_empty();
    let (segments, sources) =
        if refused { Default::default() } else { (segments(list), sources(list, &checked, private)) };
    let policy = quote!({
        const SEGMENTS: &[&::core::primitive::str] = &[#segments];
        const HEADER: [::core::primitive::u8; #private::header_length(#DIRECTIVE, SEGMENTS)] =
            #private::header(#DIRECTIVE, SEGMENTS);
        #private::policy(#private::Parts {
            name: #name,
            file: ::core::file!(),
            line: ::core::line!(),
            header: #private::text(&HEADER),
            sources: &[#sources],
        })
    });
    (policy, warnings)
}

/// The texts of the sources; what no cfg decides on is joined already.
fn segments(list: &DeclaredList) -> TokenStream {
    let mut segments = TokenStream::new();
    let mut run = String::new();
    let close = |run: &mut String, segments: &mut TokenStream| {
        if !run.is_empty() {
            segments.extend(quote!(#run,));
            run.clear();
        }
    };
    for (entry, declared) in list.to_entries().iter().zip(&list.entries) {
        let text = entry.value.text();
        if text.eq_ignore_ascii_case("'none'") {
            continue;
        }
        match &declared.gate {
            Some(gate) => {
                close(&mut run, &mut segments);
                let predicates = &gate.predicates;
                segments.extend(quote!(#(#[cfg(#predicates)])* #text,));
            }
            None => {
                if !run.is_empty() {
                    run.push(' ');
                }
                run.push_str(text);
            }
        }
    }
    close(&mut run, &mut segments);
    segments
}

/// The sources as the guard reads them.
fn sources(list: &DeclaredList, checked: &Checked<'_>, private: &TokenStream) -> TokenStream {
    let mut sources = TokenStream::new();
    for (declared, source) in list.entries.iter().zip(&checked.sources) {
        let Some(source) = source else { continue };
        let predicates = declared.gate.as_ref().map(|gate| &gate.predicates[..]).unwrap_or_default();
        let source = source_expression(source, private);
        sources.extend(quote!(#(#[cfg(#predicates)])* #source,));
    }
    sources
}

fn source_expression(source: &SourceExpression<'_>, private: &TokenStream) -> TokenStream {
    match source {
        SourceExpression::Scheme(scheme) => {
            let scheme = scheme_part(*scheme, private);
            quote!(#private::SourceExpression::Scheme(#scheme))
        }
        SourceExpression::Host(host) => host_source(host, private),
        SourceExpression::Keyword(Keyword::SelfOrigin) => {
            quote!(#private::SourceExpression::Keyword(#private::Keyword::SelfOrigin))
        }
        // No declaration of connect-src admits anything else.
        _ => TokenStream::new(),
    }
}

fn host_source(source: &HostSource<'_>, private: &TokenStream) -> TokenStream {
    let scheme = match source.scheme() {
        Some(scheme) => {
            let scheme = scheme_part(scheme, private);
            quote!(::core::option::Option::Some(#scheme))
        }
        None => quote!(::core::option::Option::None),
    };
    let host = match source.host() {
        HostPart::Exact(host) => quote!(Exact(#host)),
        HostPart::Subdomains(parent) => quote!(Subdomains(#parent)),
        _ => quote!(Any),
    };
    let port = match source.port() {
        PortPart::Default => quote!(Default),
        PortPart::Number(number) => quote!(Number(#number)),
        _ => quote!(Any),
    };
    let path = source.path().as_str();
    quote! {
        #private::SourceExpression::Host(
            #private::HostSource::__new(#scheme, #private::HostPart::#host, #private::PortPart::#port, #path)
        )
    }
}

fn scheme_part(scheme: SchemePart<'_>, private: &TokenStream) -> TokenStream {
    let variant = match scheme {
        SchemePart::Http => "Http",
        SchemePart::Https => "Https",
        SchemePart::Ws => "Ws",
        SchemePart::Wss => "Wss",
        other => {
            let text = other.as_str();
            return quote!(#private::SchemePart::Other(#text));
        }
    };
    let variant = Ident::new(variant, Span::call_site());
    quote!(#private::SchemePart::#variant)
}
