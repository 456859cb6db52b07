mod allowlist;
mod weakness;

use csp_core::DirectiveName;
use csp_core::syntax::{
    DeclaredDirectiveValue, DeclaredEndpoint, DeclaredPolicy, EffectiveDirective, EffectiveValue, Errors,
    PolicyDeclarations, PolicyItem,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::diagnostic::{compile_errors, warning};
use crate::list::{Connections, List};
use crate::scanned::{Cover, Found, Subject};
use crate::{docs, header, item, runtime, scanned};

/// Writes the items, and every mistake.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let mut declarations = PolicyDeclarations::parse(input, &mut errors);
    let mut found = Found::default();
    let private = runtime::private(declarations.runtime.as_ref());
    let items: TokenStream =
        declarations.items.iter_mut().map(|item| expand_item(item, &mut found, &private, &mut errors)).collect();
    let errors = compile_errors(errors);
    let refusals = compile_errors(found.refusals);
    quote!(#errors #refusals #items)
}

fn expand_item(item: &mut PolicyItem, found: &mut Found, private: &TokenStream, errors: &mut Errors) -> TokenStream {
    let PolicyItem { attributes, visibility, name, gate, policy, scanned } = item;
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
    item::expand(attributes, gate.as_ref(), &docs, visibility, name, &kind, &value, &quote!(#items #assertions))
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
        let base = policy.extends.as_ref();
        let header = self.header(policy);
        let Some(connections) = self.connections(policy, &name) else {
            errors.push(self.name.span(), "a list is too large: a declaration has at most 64 MiB of text");
            return quote!(::core::unreachable!());
        };
        let Connections { items, table, includes, has_own_sources } = connections;
        let conditions = base.map(|(base, span)| self.conditions(policy, base, *span));
        let disposition = match (policy.report_only, base) {
            (Some(_), _) => quote!(#private::Disposition::Report),
            (None, Some((base, _))) => quote!(#base.disposition()),
            (None, None) => quote!(#private::Disposition::Enforce),
        };
        let endpoints = match (&policy.report_to, base) {
            (Some(DeclaredEndpoint { name, url, gate }), _) => {
                let text = format!("{}=\"{}\"", name.text, url.text);
                let some = quote!(::core::option::Option::Some(#text));
                match gate {
                    None => some,
                    Some(gate) => {
                        let predicates = &gate.predicates;
                        let otherwise = base.map_or_else(
                            || quote!(::core::option::Option::None),
                            |(base, _)| quote!(#base.reporting_endpoints()),
                        );
                        quote!(if ::core::cfg!(all(#(#predicates),*)) { #some } else { #otherwise })
                    }
                }
            }
            (None, Some((base, _))) => quote!(#base.reporting_endpoints()),
            (None, None) => quote!(::core::option::Option::None),
        };
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

    /// An expression for the text of the header.
    fn header(&self, policy: &DeclaredPolicy) -> TokenStream {
        let private = self.private;
        let mut parts = TokenStream::new();
        for EffectiveDirective { name, value, gate, is_inverted } in policy.effective_directives() {
            let part = match value {
                EffectiveValue::Default(text) => header::part(name, name.has_source_list(), &quote!(#text,), private),
                EffectiveValue::Sources(_) => {
                    let segments = self.list(name).map(|list| list.segments(private)).unwrap_or_default();
                    header::part(name, true, &segments, private)
                }
                EffectiveValue::Words(words) => {
                    let texts = words.iter().map(|word| &word.text);
                    header::part(name, false, &quote!(#(#texts,)*), private)
                }
            };
            if let Some(gate) = gate {
                let predicates = &gate.predicates;
                parts.extend(if is_inverted {
                    quote!(#[cfg(not(all(#(#predicates),*)))])
                } else {
                    quote!(#(#[cfg(#predicates)])*)
                });
            }
            parts.extend(part);
        }
        if let Some(DeclaredEndpoint { name, url, gate }) = &policy.report_to {
            for (directive, text) in [(DirectiveName::ReportTo, &name.text), (DirectiveName::ReportUri, &url.text)] {
                let predicates = gate.iter().flat_map(|gate| &gate.predicates);
                parts.extend(quote!(#(#[cfg(#predicates)])*));
                parts.extend(header::part(directive, false, &quote!(#text,), private));
            }
        }
        let base = policy.extends.as_ref().map_or_else(|| quote!(""), |(base, _)| quote!(#base.template()));
        let mut removed = TokenStream::new();
        for (name, gate) in policy.removed() {
            let cfg = gate.iter().flat_map(|gate| &gate.predicates);
            let name = header::directive_name(name, private);
            removed.extend(quote!(#(#[cfg(#cfg)])* #name,));
        }
        header::text(&base, &removed, &parts, private)
    }

    /// What decides for connections: `connect-src`, or the `default-src` that stands in for it.
    fn connections(&self, policy: &DeclaredPolicy, name: &str) -> Option<Connections> {
        let private = self.private;
        let is_default =
            policy.use_defaults && policy.remove.iter().all(|(name, _)| *name != DirectiveName::DefaultSrc);
        let connect = self.list(DirectiveName::ConnectSrc);
        let list = match (connect, self.list(DirectiveName::DefaultSrc)) {
            (Some(list), _) | (None, Some(list)) => list.urls(),
            (None, None) if is_default => List::own_origin(),
            (None, None) => List::default(),
        };
        let mut connections = list.connections(name, None, private)?;
        let Connections { table, includes, has_own_sources, .. } = &mut connections;
        *includes = match &policy.extends {
            None => quote!(&[#includes]),
            Some((base, _)) if connect.is_some() => quote!(&[#includes #base.as_policy()]),
            Some((base, _)) => {
                let nothing = List::default().connections(name, None, private)?.table;
                let own = core::mem::take(table);
                // What is added to default-src is no addition to a connect-src of the base.
                *table = quote!(if CSP_HAS_CONNECT_SRC { #nothing } else { #own });
                *has_own_sources = quote!(!CSP_HAS_CONNECT_SRC && #has_own_sources);
                let is_removed = policy.remove.iter().any(|(name, _)| *name == DirectiveName::DefaultSrc);
                if is_removed {
                    quote!(if CSP_HAS_CONNECT_SRC { &[#base.as_policy()] } else { &[] })
                } else {
                    quote!(&[#base.as_policy()])
                }
            }
        };
        Some(connections)
    }

    /// What can be known of the policy that is extended only where it is known.
    fn conditions(&self, policy: &DeclaredPolicy, base: &TokenStream, span: Span) -> TokenStream {
        let private = self.private;
        let name = self.name;
        // What is written as empty, and isn't: an extension only adds.
        let empty = self.lists.iter().filter_map(|(directive, list)| Some((directive, list.written_empty()?)));
        let open = empty.map(|(directive, span)| {
            let directive = directive.as_str();
            let message = format!(
                "{name} declares {directive} as empty, and it is not: a policy that extends another adds to what that one \
                 allows\n  help: remove the line, or declare the policy whole"
            );
            let panic = quote_spanned!(span=> ::core::panic!(#message));
            quote!(if !#private::is_closed(CSP_HEADER, #directive) { #panic })
        });
        let removals = policy.remove.iter().map(|(directive, span)| {
            let directive = directive.as_str();
            let message = format!("{name} removes {directive}, which the policy that it extends doesn't have");
            let panic = quote_spanned!(*span=> ::core::panic!(#message));
            quote!(if #private::directive_value(CSP_BASE, #directive).is_none() { #panic })
        });
        let message = format!(
            "{name} only reports, and nobody hears of it\n  help: add `report_to: \"csp\" => \"https://…\"` to it, or to \
             the policy that it extends"
        );
        let panic = quote_spanned!(span=> ::core::panic!(#message));
        let is_report_only = match policy.report_only {
            Some(_) => quote!(true),
            None => quote!(::core::matches!(#base.disposition(), #private::Disposition::Report)),
        };
        quote! {
            const CSP_BASE: &::core::primitive::str = #base.template();
            const CSP_HAS_CONNECT_SRC: ::core::primitive::bool =
                #private::directive_value(CSP_BASE, "connect-src").is_some();
            const CSP_BASE_HAS_MISTAKES: ::core::primitive::bool = #base.as_policy().has_mistakes();
            // Each alone, so that every mistake is told.
            #(const _: () = if !CSP_BASE_HAS_MISTAKES { #removals };)*
            #(const _: () = if !CSP_BASE_HAS_MISTAKES { #open };)*
            const _: () = if !CSP_BASE_HAS_MISTAKES {
                if #is_report_only
                    && #private::directive_value(CSP_HEADER, "report-to").is_none()
                    && #private::directive_value(CSP_HEADER, "report-uri").is_none()
                {
                    #panic
                }
            };
            let _ = CSP_HAS_CONNECT_SRC;
        }
    }
}
