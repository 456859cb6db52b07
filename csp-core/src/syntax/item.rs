//! What the macros' items have in common.

use alloc::format;
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

use super::tokens::{flatten, is_ident, is_punct, parse_path, span_of};
use super::{DeclaredGate, DeclaredScan, Errors};

/// `#[…] pub static NAME`, the beginning of an item.
pub struct ItemHead {
    /// The attributes, docs among them.
    pub attributes: TokenStream,
    /// Who sees it.
    pub visibility: TokenStream,
    /// Its name.
    pub name: Ident,
    /// Its `#[cfg(…)]` attributes, which are among the others too.
    pub gate: Option<DeclaredGate>,
    /// `#[scanned]`: what it is to cover.
    pub scanned: Option<DeclaredScan>,
}

/// The items, without their semicolons.
pub(super) fn split_items(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    let mut rest = tokens;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|token| is_punct(Some(token), ';')).unwrap_or(rest.len());
        let item = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or_default();
        Some(item)
    })
}

impl ItemHead {
    /// Reads the beginning of an item; `value` is what its value looks like. What follows begins with `=`, or is a mistake.
    pub(super) fn parse<'t>(
        tokens: &'t [TokenTree],
        value: &str,
        errors: &mut Errors,
    ) -> Option<(Self, &'t [TokenTree])> {
        let Some(position) = tokens.iter().position(|token| is_ident(Some(token), "static")) else {
            let word = tokens.iter().find(|token| is_ident(Some(token), "const") || is_ident(Some(token), "let"));
            let span = word.map_or_else(|| span_of(tokens, Span::call_site()), TokenTree::span);
            errors.push(span, format!("expected `static`: `pub static NAME = {value};`"));
            return None;
        };
        let (attributes, gate, scanned, visibility) = parse_attributes(&tokens[..position], errors);
        match visibility {
            [] => {}
            [TokenTree::Ident(word)] if word == "pub" => {}
            [TokenTree::Ident(word), TokenTree::Group(group)]
                if word == "pub" && group.delimiter() == Delimiter::Parenthesis => {}
            [first, ..] => {
                errors.push(first.span(), "expected attributes and a visibility before `static`");
                return None;
            }
        }
        let visibility = visibility.iter().cloned().collect();
        let (name, rest) = match &tokens[position + 1..] {
            [TokenTree::Ident(word), ..] if word == "mut" => {
                errors.push(word.span(), "a declaration can't change: remove `mut`");
                return None;
            }
            [TokenTree::Ident(name), rest @ ..] => (name.clone(), rest),
            rest => {
                errors.push(
                    span_of(rest, tokens[position].span()),
                    format!("expected a name: `static NAME = {};`", brackets(value)),
                );
                return None;
            }
        };
        if let Some(TokenTree::Punct(colon)) = rest.first()
            && colon.as_char() == ':'
        {
            errors.push(colon.span(), format!("the macro writes the type: `static {name} = {};`", brackets(value)));
            return None;
        }
        Some((Self { attributes, visibility, name, gate, scanned }, rest))
    }
}

/// The brackets of a value.
fn brackets(value: &str) -> &'static str {
    if value.starts_with('[') { "[…]" } else { "{…}" }
}

/// The attributes at the beginning, `#[scanned]` apart, and what follows them. Those of entries are of no use on an item.
fn parse_attributes<'t>(
    mut tokens: &'t [TokenTree],
    errors: &mut Errors,
) -> (TokenStream, Option<DeclaredGate>, Option<DeclaredScan>, &'t [TokenTree]) {
    let mut attributes = TokenStream::new();
    let mut predicates = Vec::new();
    let mut scanned: Option<DeclaredScan> = None;
    while let [hash, attribute @ TokenTree::Group(group), rest @ ..] = tokens
        && is_punct(Some(hash), '#')
        && group.delimiter() == Delimiter::Bracket
    {
        let inner = flatten(group.stream());
        match inner.as_slice() {
            [TokenTree::Ident(name), ..] if name == "insecure" => {
                errors.push(name.span(), "#[insecure] belongs on a source, not on the list");
            }
            [TokenTree::Ident(name), ..] if name == "scanned" && scanned.is_some() => {
                errors.push(name.span(), "a second #[scanned]: write the roots in one, #[scanned(\"a\", \"b\")]");
            }
            [TokenTree::Ident(name), arguments @ ..] if name == "scanned" => {
                scanned = Some(DeclaredScan::parse(name, arguments, errors));
            }
            _ => {
                if let [TokenTree::Ident(name), TokenTree::Group(predicate)] = inner.as_slice()
                    && name == "cfg"
                {
                    predicates.push(predicate.stream());
                }
                attributes.extend([hash.clone(), attribute.clone()]);
            }
        }
        tokens = rest;
    }
    (attributes, DeclaredGate::new(predicates), scanned, tokens)
}

/// `crate = path;` at the beginning.
pub(super) fn parse_runtime<'t>(
    tokens: &'t [TokenTree],
    errors: &mut Errors,
) -> (Option<TokenStream>, &'t [TokenTree]) {
    if !is_ident(tokens.first(), "crate") || !is_punct(tokens.get(1), '=') {
        return (None, tokens);
    }
    let (path, rest) = tokens[2..].split_at(path_length(&tokens[2..]));
    let Some(runtime) = parse_path(path) else {
        let place = span_of(&tokens[2..], tokens[1].span());
        errors.push(place, "expected the path of the crate csp_runtime: `crate = path;`");
        let end = rest.iter().position(|token| is_punct(Some(token), ';'));
        return (None, end.map_or(&[], |end| &rest[end + 1..]));
    };
    if is_punct(rest.first(), ';') {
        return (Some(runtime), &rest[1..]);
    }
    errors.push(path.last().map_or_else(Span::call_site, TokenTree::span), "expected `;` after `crate = path`");
    (Some(runtime), rest)
}

/// How many tokens at the beginning are a path: words with colons between them.
fn path_length(tokens: &[TokenTree]) -> usize {
    let is_word = |token: &TokenTree| matches!(token, TokenTree::Ident(_));
    let ends = |(index, token): (usize, &TokenTree)| {
        if is_word(token) { index > 0 && is_word(&tokens[index - 1]) } else { !is_punct(Some(token), ':') }
    };
    tokens.iter().enumerate().position(ends).unwrap_or(tokens.len())
}
