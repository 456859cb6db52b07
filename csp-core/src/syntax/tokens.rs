//! What the whole grammar needs to know of token trees.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

/// The tokens, without the invisible groups that `macro_rules!` puts around its fragments.
pub(super) fn flatten(tokens: TokenStream) -> Vec<TokenTree> {
    let mut flat = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => flat.extend(flatten(group.stream())),
            token => flat.push(token),
        }
    }
    flat
}

pub(super) fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

pub(super) fn is_ident(token: Option<&TokenTree>, name: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == name)
}

/// What stands between commas; nothing between two of them is let pass.
pub(super) fn between_commas(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    tokens.split(|token| is_punct(Some(token), ',')).filter(|chunk| !chunk.is_empty())
}

/// The tokens as text, without blanks between them: a path as it is written.
pub(super) fn text_of(tokens: &[TokenTree]) -> String {
    tokens.iter().map(ToString::to_string).collect()
}

/// The place of the first token, or where tokens were expected.
pub(super) fn span_of(tokens: &[TokenTree], otherwise: Span) -> Span {
    tokens.first().map_or(otherwise, TokenTree::span)
}

/// The tokens of a path without generics, `a::b` or `::a::b`; `None` if they are none.
pub(super) fn parse_path(tokens: &[TokenTree]) -> Option<TokenStream> {
    let mut rest = tokens;
    if let [first, second, tail @ ..] = rest
        && is_punct(Some(first), ':')
        && is_punct(Some(second), ':')
    {
        rest = tail;
    }
    loop {
        match rest {
            [TokenTree::Ident(_)] => return Some(tokens.iter().cloned().collect()),
            [TokenTree::Ident(_), first, second, tail @ ..]
                if is_punct(Some(first), ':') && is_punct(Some(second), ':') =>
            {
                rest = tail;
            }
            _ => return None,
        }
    }
}
