use csp_core::syntax::DeclaredPolicy;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::Expansion;

impl Expansion<'_> {
    /// What can be known of the policy that is extended only where it is known.
    pub(super) fn conditions(&self, policy: &DeclaredPolicy, base: &TokenStream, span: Span) -> TokenStream {
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
