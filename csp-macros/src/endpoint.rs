use csp_core::syntax::{EndpointCall, Errors};
use csp_core::{SourceErrorKind, SourceExpression, Target};
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
        errors.push(literal.span(), not_canonical(&url));
    }
    if !errors.is_empty() {
        return compile_errors(errors);
    }
    let private = runtime::private(runtime.as_ref());
    let reference = quote_spanned!(policy_span=> #policy.as_policy());
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

/// What is wrong with a URL that isn't canonical: what would be wrong with a source of that text, where there is such a
/// mistake.
fn not_canonical(url: &str) -> String {
    const HELP: &str = "write the scheme (https, wss, http or ws) and the host in lower case, no user name, no dot segments, \
                        and percent-encode what is not ASCII";

    let shown = csp_core::excerpt(url);
    let (place, tail) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let mistake = match SourceExpression::declare(place) {
        Ok(SourceExpression::Host(source)) if source.to_string().contains('*') => {
            return format!(
                "endpoint `{shown}` has a wildcard, which is for sources\nhelp: write the URL that is called"
            );
        }
        Err(mistake) if !is_of_lists(mistake.kind()) => mistake,
        _ => return format!("endpoint `{shown}` is not in its canonical spelling\nhelp: {HELP}"),
    };
    let headline = mistake.to_string();
    let subject = format!("source `{}` ", csp_core::excerpt(mistake.text()));
    let what = headline.strip_prefix(&subject).unwrap_or("is not in its canonical spelling");
    // The corrected text stands in quotes.
    let help = mistake.help().unwrap_or_default();
    let corrected = help.split('"').nth(1).map(|text| format!("{text}{tail}"));
    match corrected.filter(|text| mistake.kind() != SourceErrorKind::PathCharacter && Target::canonical(text).is_some())
    {
        Some(text) => format!("endpoint `{shown}` {what}\nhelp: write \"{text}\""),
        None => format!("endpoint `{shown}` {what}\nhelp: {HELP}"),
    }
}

/// Whether a text is refused for what separates sources, directives and policies: no mistake of a URL.
fn is_of_lists(kind: SourceErrorKind) -> bool {
    matches!(
        kind,
        SourceErrorKind::Comma
            | SourceErrorKind::Semicolon
            | SourceErrorKind::MultipleSources
            | SourceErrorKind::DirectiveName
            | SourceErrorKind::UnquotedKeyword
            | SourceErrorKind::EmptySegment
            | SourceErrorKind::EncodedSeparator
            | SourceErrorKind::Underscore
    )
}
