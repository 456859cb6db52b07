use csp_core::Target;
use csp_core::syntax::{EndpointCall, Errors};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::runtime;

/// Writes the checked endpoint, or the mistakes.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(EndpointCall { runtime, policy, policy_span, literal, url }) = EndpointCall::parse(input, &mut errors)
    else {
        return errors.into_error().map(|error| error.to_compile_error()).unwrap_or_default();
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
    let private = runtime::private(runtime.as_ref());
    if let Some(error) = errors.into_error() {
        return error.to_compile_error();
    }
    // Its user names the declaration, perhaps MESSAGE: it is named where no item of ours has a name that people use.
    let reference = quote_spanned!(policy_span=> &#policy);
    let panic = quote_spanned!(literal.span()=> ::core::panic!("{}", #private::text(&MESSAGE)));
    quote!({
        const CSP_ENDPOINT_POLICY: &#private::Policy = #reference;
        // A const item, not an inline const, so that `cargo check` evaluates it.
        const CSP_ENDPOINT: #private::Endpoint = {
            const URL: &::core::primitive::str = #literal;
            const LENGTH: ::core::primitive::usize = #private::refusal_length(CSP_ENDPOINT_POLICY, URL);
            const MESSAGE: [::core::primitive::u8; LENGTH] = #private::refusal(CSP_ENDPOINT_POLICY, URL);
            if LENGTH > 0 {
                #panic
            }
            #private::endpoint(URL)
        };
        CSP_ENDPOINT
    })
}
