use alloc::string::String;

use proc_macro2::{Literal, Span, TokenStream, TokenTree};
use syn::Lit;

use super::Errors;
use super::item::parse_runtime;
use super::tokens::{flatten, is_punct, parse_path, span_of};

/// What stands in `endpoint!(POLICY, "https://…")`.
pub struct EndpointCall {
    /// Where the runtime is: `crate = path;`.
    pub runtime: Option<TokenStream>,
    /// The path of the declaration.
    pub policy: TokenStream,
    /// Where the declaration is named.
    pub policy_span: Span,
    /// The URL as written.
    pub literal: Literal,
    /// The URL.
    pub url: String,
}

impl EndpointCall {
    /// Reads an invocation; `None` after a mistake, which goes to `errors`.
    pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Option<Self> {
        const USAGE: &str = "expected a declaration and a URL: endpoint!(POLICY, \"https://…\")";

        let tokens = flatten(tokens);
        let (runtime, tokens) = parse_runtime(&tokens, errors);
        let Some(comma) = tokens.iter().position(|token| is_punct(Some(token), ',')) else {
            errors.push(span_of(tokens, Span::call_site()), USAGE);
            return None;
        };
        let (policy, rest) = (&tokens[..comma], &tokens[comma + 1..]);
        let policy_span = span_of(policy, tokens[comma].span());
        let Some(policy) = parse_path(policy) else {
            errors.push(policy_span, USAGE);
            return None;
        };
        let (literal, rest) = match rest.split_first() {
            Some((TokenTree::Literal(literal), rest)) => (literal.clone(), rest),
            _ => {
                errors.push(
                    span_of(rest, tokens[comma].span()),
                    "expected the URL as a string literal: what isn't known when compiling is checked by a guard",
                );
                return None;
            }
        };
        let extra = &rest[usize::from(is_punct(rest.first(), ','))..];
        if let Some(extra) = extra.first() {
            errors.push(extra.span(), "expected nothing after the URL");
            return None;
        }
        let Lit::Str(text) = Lit::new(literal.clone()) else {
            errors.push(literal.span(), "expected the URL as a string literal");
            return None;
        };
        Some(Self { runtime, policy, policy_span, literal, url: text.value() })
    }
}
