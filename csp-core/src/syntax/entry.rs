use alloc::string::String;

use proc_macro2::TokenTree;
use syn::Lit;

use super::attributes::Attributes;
use super::tokens::span_of;
use super::value::parse_value;
use super::{DeclaredGate, DeclaredValue, Errors};
use crate::DirectiveName;

/// One entry as written.
pub struct DeclaredEntry {
    /// The source.
    pub value: DeclaredValue,
    /// The `#[cfg(…)]` attributes.
    pub gate: Option<DeclaredGate>,
    /// What `#[insecure(reason = "…")]` gives as its reason.
    pub insecure: Option<String>,
    /// What `=> "…"` says about the source.
    pub reason: Option<String>,
}

impl DeclaredEntry {
    /// `value` is the token after the attributes, `rest` what follows.
    pub(super) fn parse(
        directive: DirectiveName,
        attributes: Attributes,
        value: &TokenTree,
        rest: &[TokenTree],
        errors: &mut Errors,
    ) -> Option<Self> {
        let (value, rest) = parse_value(directive, value, rest, errors)?;
        let reason = parse_reason(&value, rest, errors);
        let insecure = attributes.insecure.clone();
        Some(Self { value, gate: attributes.gate(), insecure, reason })
    }
}

fn parse_reason(value: &DeclaredValue, tokens: &[TokenTree], errors: &mut Errors) -> Option<String> {
    match tokens {
        [] => None,
        [TokenTree::Punct(equals), TokenTree::Punct(greater), rest @ ..]
            if equals.as_char() == '=' && greater.as_char() == '>' =>
        {
            if let [TokenTree::Literal(literal), rest @ ..] = rest
                && let Lit::Str(reason) = Lit::new(literal.clone())
            {
                if let Some(extra) = rest.first() {
                    errors.push(extra.span(), "expected `,` after the reason");
                } else if reason.value().trim().is_empty() {
                    errors.push(literal.span(), "the reason is empty; say why this source is here, or remove it");
                }
                return Some(reason.value());
            }
            errors.push(
                span_of(rest, greater.span()),
                "expected the reason as a string literal: \"https://…\" => \"reason\"",
            );
            None
        }
        [next, ..] => {
            let message = match (next, value) {
                (TokenTree::Literal(_) | TokenTree::Ident(_), _) => "expected `,` between two sources",
                (TokenTree::Punct(punct), _) if punct.as_char() == '#' => "expected `,` between two sources",
                _ => "expected `,`, or `=> \"reason\"`, after a source",
            };
            errors.push(next.span(), message);
            None
        }
    }
}
