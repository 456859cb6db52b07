use csp_core::Target;
use csp_core::syntax::{EndpointCall, Errors};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::diagnostic::compile_errors;
use crate::{refusal, runtime};

/// Writes the checked endpoint, or the mistakes.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(EndpointCall { runtime, policy, policy_span, literal, url }) = EndpointCall::parse(input, &mut errors)
    else {
        return compile_errors(errors);
    };
    if Target::canonical(&url).is_none() {
        errors.push(
            literal.span(),
            format!(
                "endpoint `{}` is not in its canonical spelling\nhelp: write the scheme (https, wss, http or ws) and \
                 the host in lower case, no user name, no dot segments, and percent-encode what is \
                 not ASCII",
                csp_core::excerpt(&url)
            ),
        );
    }
    if !errors.is_empty() {
        return compile_errors(errors);
    }
    let private = runtime::private(runtime.as_ref());
    let reference = quote_spanned!(policy_span=> &#policy);
    let refusal = refusal::unless_empty(
        literal.span(),
        &quote!(#private::refusal_length(CSP_ENDPOINT_POLICY, #literal)),
        &quote!(#private::refusal(CSP_ENDPOINT_POLICY, #literal)),
        &private,
    );
    quote!({
        const CSP_ENDPOINT_POLICY: &#private::Policy = #reference;
        // A const item, not an inline const, so that `cargo check` evaluates it.
        const CSP_ENDPOINT: #private::Endpoint = {
            #refusal
            #private::endpoint(#literal)
        };
        CSP_ENDPOINT
    })
}
