mod allowlist;
mod connections;
mod extension;
mod header;
mod weakness;

use csp_core::DirectiveName;
use csp_core::syntax::{
    DeclaredDirectiveValue, DeclaredEndpoint, DeclaredPolicy, Errors, ItemHead, PolicyDeclarations, PolicyItem,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::diagnostic::{compile_errors, warning};
use crate::list::{Connections, List};
use crate::scanned::{Cover, Found, Subject};
use crate::{docs, gates, item, runtime, scanned};

/// Writes the items, and every mistake.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let mut declarations = PolicyDeclarations::parse(input, &mut errors);
    let mut found = Found::default();
    let private = runtime::private(declarations.runtime.as_ref());
    let items: TokenStream =
        declarations.items.iter_mut().map(|item| expand_item(item, &mut found, &private, &mut errors)).collect();
    let errors = [errors, found.refusals].map(compile_errors);
    quote!(#(#errors)* #items)
}

fn expand_item(item: &mut PolicyItem, found: &mut Found, private: &TokenStream, errors: &mut Errors) -> TokenStream {
    let PolicyItem { head, policy } = item;
    let ItemHead { name, scanned, .. } = &*head;
    let mut items = TokenStream::new();
    for directive in &mut policy.directives {
        if let DeclaredDirectiveValue::Sources(list) = &mut directive.value {
            scanned::fill(list, found, &mut items, errors);
        }
    }
    let policy = &*policy;
    let cover = scanned.as_ref().map(|scan| {
        let mut lists = policy.lists().filter(|(directive, _)| directive.name == DirectiveName::ConnectSrc);
        let list = lists.next().map(|(_, list)| list);
        // What decides may be default-src, a default, or an extended policy: all of it is known in const evaluation.
        scanned::cover(&Subject { scan, name, list, has_others: true }, found, private)
    });
    let Cover { items: assertions, warnings } = cover.unwrap_or_default();
    let kind = match (&policy.extends, policy.has_nonce()) {
        (_, true) => quote!(#private::NoncePolicy),
        // The type has the name of the policy.
        (Some((base, _)), false) => base.clone(),
        (None, false) => quote!(#private::Policy),
    };
    let mut expansion = Expansion::new(policy, name, private, errors);
    expansion.warnings.extend(warnings);
    let value = expansion.expand(errors);
    // After a mistake there is nothing in the item that could cover anything.
    let assertions = if errors.is_empty() { assertions } else { TokenStream::new() };
    let docs = docs::policy(policy);
    let value = quote!(<#kind>::from_parts(#value));
    item::expand(head, &docs, &kind, &value, &quote!(#items #assertions))
}

struct Expansion<'p> {
    policy: &'p DeclaredPolicy,
    name: &'p Ident,
    private: &'p TokenStream,
    /// The lists, each with its directive.
    lists: Vec<(DirectiveName, List<'p>)>,
    /// What the allowlist names beside connections.
    also: List<'p>,
    warnings: TokenStream,
}

impl<'p> Expansion<'p> {
    /// Checks all of it.
    fn new(policy: &'p DeclaredPolicy, name: &'p Ident, private: &'p TokenStream, errors: &mut Errors) -> Self {
        let risks = policy.check(name.span(), errors);
        let mut warnings: TokenStream =
            risks.iter().map(|(span, code, message)| warning(*code, message, *span)).collect();
        let mut lists = Vec::new();
        for (directive, list) in policy.lists() {
            let list = List::check(directive.name, list, directive.span, errors);
            warnings.extend(list.warnings.clone());
            lists.push((directive.name, list));
        }
        let also = policy.connection_allowlist.as_ref().filter(|allowlist| !allowlist.also.is_empty());
        let also = also.map(|allowlist| {
            let also = List::check(DirectiveName::ImgSrc, &allowlist.also, allowlist.span, errors);
            warnings.extend(also.warnings.clone());
            also
        });
        let expansion = Self { policy, name, private, lists, also: also.unwrap_or_default(), warnings };
        expansion.refuse_in_allowlist(errors);
        expansion
    }

    fn list(&self, name: DirectiveName) -> Option<&List<'p>> {
        self.lists.iter().find(|(directive, _)| *directive == name).map(|(_, list)| list)
    }

    /// What `from_parts` takes.
    fn expand(mut self, errors: &mut Errors) -> TokenStream {
        let nothing = DeclaredPolicy::default();
        let policy = if errors.is_empty() {
            self.warn_of_weaknesses();
            self.policy
        } else {
            // The item stays, so that its uses don't fail too; with nothing in it.
            self.lists.clear();
            self.also = List::default();
            &nothing
        };
        let private = self.private;
        let name = self.name.to_string();
        let header = self.header(policy);
        let Some(connections) = self.connections(policy, &name) else {
            errors.push(self.name.span(), "a list is too large: a declaration has at most 64 MiB of text");
            return quote!(::core::unreachable!());
        };
        let Connections { items, table, includes, has_own_sources } = connections;
        let conditions = policy.extends.as_ref().map(|(base, span)| self.conditions(policy, base, *span));
        let disposition = self.disposition(policy);
        let endpoints = reporting_endpoints(policy);
        let (allowlist_items, allowlist) = self.allowlist(policy);
        let has_mistakes = !errors.is_empty();
        let warnings = &self.warnings;
        quote!({
            const CSP_HEADER: &::core::primitive::str = #header;
            #items
            #conditions
            #allowlist_items
            const CSP_INCLUDES: &[&#private::Policy] = #includes;
            #warnings
            #private::Parts {
                name: #name,
                file: ::core::file!(),
                line: ::core::line!(),
                header: CSP_HEADER,
                directive: #private::connect_directive(CSP_HEADER),
                table: #table,
                includes: CSP_INCLUDES,
                has_own_sources: #has_own_sources,
                has_mistakes: #has_mistakes,
                disposition: #disposition,
                reporting_endpoints: #endpoints,
                connection_allowlist: #allowlist,
            }
        })
    }

    /// An expression for whether browsers enforce it.
    fn disposition(&self, policy: &DeclaredPolicy) -> TokenStream {
        let private = self.private;
        match (policy.report_only, &policy.extends) {
            (Some(_), _) => quote!(#private::Disposition::Report),
            (None, Some((base, _))) => quote!(#base.disposition()),
            (None, None) => quote!(#private::Disposition::Enforce),
        }
    }
}

/// An expression for the header `Reporting-Endpoints`: the policy's own, or that of the policy that it extends.
fn reporting_endpoints(policy: &DeclaredPolicy) -> TokenStream {
    let inherited = match &policy.extends {
        Some((base, _)) => quote!(#base.reporting_endpoints()),
        None => quote!(::core::option::Option::None),
    };
    let Some(DeclaredEndpoint { name, url, gate }) = &policy.report_to else { return inherited };
    let text = format!("{}=\"{}\"", name.text, url.text);
    let own = quote!(::core::option::Option::Some(#text));
    match gate.as_ref().map(gates::predicate) {
        Some(predicate) => quote!(if ::core::cfg!(#predicate) { #own } else { #inherited }),
        None => own,
    }
}
