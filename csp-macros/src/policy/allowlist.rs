use csp_core::syntax::{DeclaredPolicy, Errors};
use csp_core::{DirectiveName, allowlist_mistake};
use proc_macro2::TokenStream;
use quote::quote;

use super::Expansion;
use crate::list::List;
use crate::{header, refusal};

impl Expansion<'_> {
    /// Refuses what has no place in an allowlist, of what stands in the policy itself.
    pub(super) fn refuse_in_allowlist(&self, errors: &mut Errors) {
        if self.policy.connection_allowlist.is_none() {
            return;
        }
        let connect = self.list(DirectiveName::ConnectSrc).or_else(|| self.list(DirectiveName::DefaultSrc));
        for (span, text) in connect.into_iter().chain([&self.also]).flat_map(List::declared_sources) {
            if let Some(mistake) = allowlist_mistake(text) {
                errors.push(span, format!("source `{text}` {mistake}"));
            }
        }
    }

    /// What the header `Connection-Allowlist` needs, and an expression for it.
    pub(super) fn allowlist(&self, policy: &DeclaredPolicy) -> (TokenStream, TokenStream) {
        let private = self.private;
        let additions = match (&policy.connection_allowlist, &policy.extends) {
            (None, None) => return (TokenStream::new(), quote!(::core::option::Option::None)),
            (Some(allowlist), _) => {
                let part = header::part(DirectiveName::ImgSrc, true, &self.also.segments(private), private);
                let also = header::text(&quote!(""), &TokenStream::new(), &part, private);
                let report_only = allowlist.report_only;
                quote!(::core::option::Option::Some((#private::source_list(#also), #report_only)))
            }
            (None, Some((base, _))) => quote!(#base.as_policy().allowlist_additions()),
        };
        let span = match (&policy.connection_allowlist, &policy.extends) {
            (Some(allowlist), _) => allowlist.span,
            (None, Some((_, span))) => *span,
            (None, None) => self.name.span(),
        };
        let refusal = refusal::unless_empty(
            span,
            &quote!(#private::allowlist_refusal_length(CSP_REFUSED.0, CSP_REFUSED.1)),
            &quote!(#private::allowlist_refusal(CSP_REFUSED.0, CSP_REFUSED.1)),
            private,
        );
        let items = quote! {
            const CSP_ADDITIONS: ::core::option::Option<(&::core::primitive::str, ::core::primitive::bool)> = #additions;
            const CSP_LISTS: &[&::core::primitive::str] = match CSP_ADDITIONS {
                ::core::option::Option::Some((also, _)) => {
                    &[#private::source_list(#private::connect_directive(CSP_HEADER)), also]
                }
                ::core::option::Option::None => &[],
            };
            const _: () = {
                const CSP_REFUSED: (&::core::primitive::str, &::core::primitive::str) =
                    match #private::first_allowlist_mistake(CSP_LISTS) {
                        ::core::option::Option::Some(refused) => refused,
                        ::core::option::Option::None => ("", ""),
                    };
                #refusal
            };
            const CSP_WRITTEN: (
                [::core::primitive::u8; #private::allowlist_room(CSP_LISTS, CSP_HEADER)],
                ::core::primitive::usize,
            ) = #private::allowlist(CSP_LISTS, CSP_HEADER);
            const CSP_ALLOWLIST: [::core::primitive::u8; CSP_WRITTEN.1] = #private::beginning(&CSP_WRITTEN.0);
        };
        let allowlist = quote!(match CSP_ADDITIONS {
            ::core::option::Option::Some((also, report_only)) => {
                ::core::option::Option::Some(#private::Allowlist {
                    value: #private::text(&CSP_ALLOWLIST),
                    also,
                    report_only,
                })
            }
            ::core::option::Option::None => ::core::option::Option::None,
        });
        (items, allowlist)
    }
}
