use csp_core::syntax::{
    DeclaredDirectiveValue, DeclaredEndpoint, DeclaredPolicy, EffectiveDirective, EffectiveValue, Errors,
    PolicyDeclarations, PolicyItem,
};
use csp_core::{DirectiveName, FindingCode, NONCE_HOLE, Policy};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::diagnostic::{compile_errors, warning};
use crate::list::{Connections, List};
use crate::scanned::{Cover, Found, Subject};
use crate::{docs, header, runtime, scanned};

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
    let PolicyItem { attributes, visibility, name, policy, scanned } = item;
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
    quote! {
        #attributes
        #docs
        #visibility static #name: #kind = <#kind>::from_parts(#value);

        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, clippy::upper_case_acronyms)]
        #visibility type #name = #kind;

        #items
        #assertions
    }
}

struct Expansion<'p> {
    policy: &'p DeclaredPolicy,
    name: &'p Ident,
    private: &'p TokenStream,
    /// The lists, each with its directive.
    lists: Vec<(DirectiveName, List<'p>)>,
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
        Self { policy, name, private, lists, warnings }
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
            (Some(DeclaredEndpoint { name, url }), _) => {
                let text = format!("{}=\"{}\"", name.text, url.text);
                quote!(::core::option::Option::Some(#text))
            }
            (None, Some((base, _))) => quote!(#base.reporting_endpoints()),
            (None, None) => quote!(::core::option::Option::None),
        };
        let warnings = &self.warnings;
        quote!({
            const HEADER: &::core::primitive::str = #header;
            #items
            #conditions
            const INCLUDES: &[&#private::Policy] = #includes;
            #warnings
            #private::Parts {
                name: #name,
                file: ::core::file!(),
                line: ::core::line!(),
                header: HEADER,
                directive: #private::connect_directive(HEADER),
                table: #table,
                includes: INCLUDES,
                has_own_sources: #has_own_sources,
                disposition: #disposition,
                reporting_endpoints: #endpoints,
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
                    let segments = self.list(name).map(List::segments).unwrap_or_default();
                    header::part(name, true, &segments, private)
                }
                EffectiveValue::Words(words) => {
                    let texts = words.iter().map(|word| &word.text);
                    header::part(name, false, &quote!(#(#texts,)*), private)
                }
            };
            if let Some(gate) = gate {
                let predicates = &gate.predicates;
                parts.extend(match is_inverted {
                    true => quote!(#[cfg(not(all(#(#predicates),*)))]),
                    false => quote!(#(#[cfg(#predicates)])*),
                });
            }
            parts.extend(part);
        }
        if let Some(DeclaredEndpoint { name, url }) = &policy.report_to {
            for (directive, text) in [(DirectiveName::ReportTo, &name.text), (DirectiveName::ReportUri, &url.text)] {
                parts.extend(header::part(directive, false, &quote!(#text,), private));
            }
        }
        let base = policy.extends.as_ref().map_or_else(|| quote!(""), |(base, _)| quote!(#base.template()));
        let switched_off = policy
            .directives
            .iter()
            .filter(|directive| matches!(directive.value, DeclaredDirectiveValue::Off))
            .map(|directive| directive.name);
        let removed = policy.remove.iter().map(|(name, _)| *name).chain(switched_off);
        let removed: Vec<TokenStream> = removed.map(|name| header::directive_name(name, private)).collect();
        header::text(&base, &quote!(#(#removed,)*), &parts, private)
    }

    /// What decides for connections: `connect-src`, or the `default-src` that stands in for it.
    fn connections(&self, policy: &DeclaredPolicy, name: &str) -> Option<Connections> {
        let private = self.private;
        let is_default =
            policy.use_defaults && policy.remove.iter().all(|(name, _)| *name != DirectiveName::DefaultSrc);
        let connect = self.list(DirectiveName::ConnectSrc);
        let list = match (connect, self.list(DirectiveName::DefaultSrc)) {
            (Some(list), _) => list.urls(),
            (None, Some(list)) => list.urls(),
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
                *table = quote!(if HAS_CONNECT_SRC { #nothing } else { #own });
                *has_own_sources = quote!(!HAS_CONNECT_SRC && #has_own_sources);
                let is_removed = policy.remove.iter().any(|(name, _)| *name == DirectiveName::DefaultSrc);
                if is_removed {
                    quote!(if HAS_CONNECT_SRC { &[#base.as_policy()] } else { &[] })
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
        let removals = policy.remove.iter().map(|(directive, span)| {
            let directive = directive.as_str();
            let message = format!("{name} removes {directive}, which the policy that it extends doesn't have");
            let panic = quote_spanned!(*span=> ::core::panic!(#message));
            quote!(if #private::directive_value(BASE, #directive).is_none() { #panic })
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
            const BASE: &::core::primitive::str = #base.template();
            const HAS_CONNECT_SRC: ::core::primitive::bool =
                #private::directive_value(BASE, "connect-src").is_some();
            const _: () = {
                #(#removals)*
                if #is_report_only
                    && #private::directive_value(HEADER, "report-to").is_none()
                    && #private::directive_value(HEADER, "report-uri").is_none()
                {
                    #panic
                }
            };
            let _ = HAS_CONNECT_SRC;
        }
    }

    /// What the policy leaves open as a whole, as far as no cfg decides on it. What it takes from others isn't known.
    fn warn_of_weaknesses(&mut self) {
        const TOLD: [FindingCode; 4] = [
            FindingCode::LoneStrictDynamic,
            FindingCode::MissingBaseUri,
            FindingCode::MissingObjectSrc,
            FindingCode::MissingScriptSrc,
        ];
        if self.policy.extends.is_some() {
            return;
        }
        let text = self.fixed_text();
        for finding in Policy::parse(&text).weaknesses().iter().filter(|finding| TOLD.contains(&finding.code)) {
            let help = finding.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
            let directive = self.policy.directives.iter().find(|directive| directive.name.as_str() == finding.text);
            let span = directive.map_or(self.name.span(), |directive| directive.span);
            self.warnings.extend(warning(finding.code, &format!("{finding}{help}"), span));
        }
    }

    /// The policy as far as no cfg decides on it, as a browser could receive it.
    fn fixed_text(&self) -> String {
        let directives = self.policy.effective_directives();
        let fixed = directives.iter().filter(|directive| directive.gate.is_none());
        let lines = fixed.map(|directive| {
            let value = match directive.value {
                EffectiveValue::Default(text) => text.to_owned(),
                EffectiveValue::Sources(_) => self.list(directive.name).map(List::text).unwrap_or_default(),
                EffectiveValue::Words(words) => {
                    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
                }
            };
            format!("{} {}", directive.name, value.replace(NONCE_HOLE, SOME_NONCE))
        });
        lines.collect::<Vec<_>>().join("; ")
    }
}

/// Stands for the one that each response has.
const SOME_NONCE: &str = "'nonce-AAAAAAAAAAAAAAAAAAAAAA'";
