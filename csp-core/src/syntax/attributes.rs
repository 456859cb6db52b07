//! `#[cfg(…)]` and `#[insecure(reason = "…")]`.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use syn::Lit;

use super::tokens::{flatten, is_punct, span_of};
use super::{DeclaredGate, Errors};
use crate::suggest;

/// The attributes before an entry.
#[derive(Clone)]
pub(super) struct Attributes {
    predicates: Vec<TokenStream>,
    pub(super) insecure: Option<String>,
    /// Where the last one is written.
    pub(super) last: Span,
}

impl Attributes {
    /// The attributes at the beginning, and what follows them; `None` where they can't be told from it.
    pub(super) fn parse<'t>(mut tokens: &'t [TokenTree], errors: &mut Errors) -> Option<(Self, &'t [TokenTree])> {
        let last = span_of(tokens, Span::call_site());
        let mut attributes = Self { predicates: Vec::new(), insecure: None, last };
        while let [TokenTree::Punct(hash), rest @ ..] = tokens
            && hash.as_char() == '#'
        {
            let [TokenTree::Group(group), rest @ ..] = rest else {
                errors.push(hash.span(), "expected an attribute: #[cfg(…)] or #[insecure(reason = \"…\")]");
                return None;
            };
            match parse_attribute(group, errors) {
                Some(EntryAttribute::Cfg(predicate)) => attributes.predicates.push(predicate),
                Some(EntryAttribute::Insecure(_)) if attributes.insecure.is_some() => {
                    errors.push(group.span(), "a second #[insecure]: write one reason");
                }
                Some(EntryAttribute::Insecure(reason)) => attributes.insecure = Some(reason),
                None => {}
            }
            attributes.last = group.span();
            tokens = rest;
        }
        Some((attributes, tokens))
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.predicates.is_empty() && self.insecure.is_none()
    }

    pub(super) fn gate(self) -> Option<DeclaredGate> {
        DeclaredGate::new(self.predicates)
    }
}

enum EntryAttribute {
    Cfg(TokenStream),
    Insecure(String),
}

/// `group` is what stands in the brackets of `#[…]`.
fn parse_attribute(group: &Group, errors: &mut Errors) -> Option<EntryAttribute> {
    let tokens = flatten(group.stream());
    let Some((TokenTree::Ident(name), arguments)) = tokens.split_first() else {
        errors.push(group.span(), "expected #[cfg(…)] or #[insecure(reason = \"…\")]");
        return None;
    };
    let list = match arguments {
        [TokenTree::Group(list)] if list.delimiter() == Delimiter::Parenthesis => Some(list.stream()),
        _ => None,
    };
    match (name.to_string().as_str(), list) {
        ("cfg", Some(predicate)) if !predicate.is_empty() => Some(EntryAttribute::Cfg(predicate)),
        ("cfg", _) => {
            errors.push(name.span(), "#[cfg] needs a predicate: #[cfg(debug_assertions)]");
            None
        }
        // Without its reason it still says that the source needs one: no second error tells that.
        ("insecure", list) => Some(EntryAttribute::Insecure(parse_insecure(name, list, errors).unwrap_or_default())),
        ("doc", _) => {
            errors.push(
                group.span(),
                "a doc comment here goes nowhere; write the reason behind the source: \"https://…\" => \"reason\"",
            );
            None
        }
        (other, list) => {
            let meant = suggest::closest(&other.to_lowercase(), ["cfg", "insecure"]);
            let help = match meant {
                Some(meant) => format!("; did you mean #[{meant}(…)]?"),
                None => "; an entry takes #[cfg(…)] and #[insecure(reason = \"…\")]".to_string(),
            };
            errors.push(name.span(), format!("unknown attribute `{other}`{help}"));
            // What was meant is clear: the source has no second mistake for the lack of it.
            match (meant, list) {
                (Some("cfg"), Some(predicate)) if !predicate.is_empty() => Some(EntryAttribute::Cfg(predicate)),
                (Some("insecure"), _) => Some(EntryAttribute::Insecure(String::new())),
                _ => None,
            }
        }
    }
}

fn parse_insecure(name: &Ident, list: Option<TokenStream>, errors: &mut Errors) -> Option<String> {
    let tokens = list.map(flatten).unwrap_or_default();
    // A comma may follow, as in any list.
    let arguments = match tokens.as_slice() {
        [arguments @ .., TokenTree::Punct(comma)] if comma.as_char() == ',' => arguments,
        arguments => arguments,
    };
    if let [TokenTree::Ident(key), TokenTree::Punct(equals), TokenTree::Literal(literal)] = arguments
        && key == "reason"
        && equals.as_char() == '='
        && let Lit::Str(reason) = Lit::new(literal.clone())
    {
        if reason.value().trim().is_empty() {
            errors.push(literal.span(), "the reason is empty; say why this source is needed");
            return None;
        }
        return Some(reason.value());
    }
    let what = match arguments {
        [TokenTree::Ident(key), equals, ..] if key == "reason" && is_punct(Some(equals), '=') => {
            "takes a reason as a string, and nothing else"
        }
        _ => "needs a reason",
    };
    errors.push(name.span(), format!("#[insecure] {what}: #[insecure(reason = \"…\")]"));
    None
}
