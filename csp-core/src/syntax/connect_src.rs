use alloc::format;
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenStream, TokenTree};

use super::tokens::{flatten, is_ident, is_punct, parse_path, span_of};
use super::{DeclaredList, Errors};

/// What stands in `connect_src!(…)`.
pub struct ConnectSrc {
    /// Where the runtime is: `crate = path;`.
    pub runtime: Option<TokenStream>,
    /// The items, or the expression.
    pub body: ConnectSrcBody,
}

/// The two forms of the macro.
pub enum ConnectSrcBody {
    /// `pub static NAME = […];`
    Items(Vec<ConnectSrcItem>),
    /// `self, "https://…"`
    Expression(DeclaredList),
}

/// One item.
pub struct ConnectSrcItem {
    /// Its attributes, docs among them.
    pub attributes: TokenStream,
    /// Who sees it.
    pub visibility: TokenStream,
    /// Its name.
    pub name: Ident,
    /// Its sources.
    pub list: DeclaredList,
}

impl ConnectSrc {
    /// Reads an invocation; mistakes go to `errors`, and what else there is is still read.
    pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let tokens = flatten(tokens);
        let (runtime, tokens) = parse_runtime(&tokens, errors);
        if tokens.is_empty() && errors.is_empty() {
            errors.push(
                Span::call_site(),
                "expected `pub static NAME = [\"https://…\"];`, or the sources; `none` allows no connection",
            );
        }
        let body = if has_items(tokens) {
            ConnectSrcBody::Items(parse_items(tokens, errors))
        } else {
            ConnectSrcBody::Expression(DeclaredList::parse(tokens.iter().cloned().collect(), errors))
        };
        Self { runtime, body }
    }
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

/// Whether items are meant: none of this stands between the entries of a list.
fn has_items(tokens: &[TokenTree]) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Ident(word) => ["pub", "static", "const", "let"].iter().any(|item| word == item),
        TokenTree::Punct(punct) => {
            punct.as_char() == ';' || (punct.as_char() == '=' && punct.spacing() == Spacing::Alone)
        }
        _ => false,
    })
}

fn parse_items(mut tokens: &[TokenTree], errors: &mut Errors) -> Vec<ConnectSrcItem> {
    let mut items = Vec::new();
    while !tokens.is_empty() {
        let end = tokens.iter().position(|token| is_punct(Some(token), ';')).unwrap_or(tokens.len());
        items.extend(parse_item(&tokens[..end], errors));
        tokens = tokens.get(end + 1..).unwrap_or_default();
    }
    items
}

/// `tokens` is one item without its semicolon.
fn parse_item(tokens: &[TokenTree], errors: &mut Errors) -> Option<ConnectSrcItem> {
    let Some(position) = tokens.iter().position(|token| is_ident(Some(token), "static")) else {
        let word = tokens.iter().find(|token| is_ident(Some(token), "const") || is_ident(Some(token), "let"));
        let span = word.map_or_else(|| span_of(tokens, Span::call_site()), TokenTree::span);
        errors.push(span, "expected `static`: `pub static NAME = [\"https://…\"];`");
        return None;
    };
    let (attributes, visibility) = parse_attributes(&tokens[..position], errors);
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
            errors.push(span_of(rest, tokens[position].span()), "expected a name: `static NAME = […];`");
            return None;
        }
    };
    let list = match rest {
        [TokenTree::Punct(equals), TokenTree::Group(group), rest @ ..]
            if equals.as_char() == '=' && group.delimiter() == Delimiter::Bracket =>
        {
            if let Some(extra) = rest.first() {
                errors.push(extra.span(), "expected `;` after the list");
            }
            DeclaredList::parse(group.stream(), errors)
        }
        [TokenTree::Punct(colon), ..] if colon.as_char() == ':' => {
            errors.push(colon.span(), format!("the macro writes the type: `static {name} = […];`"));
            return None;
        }
        rest => {
            let place = rest.get(usize::from(is_punct(rest.first(), '='))..).unwrap_or_default();
            errors.push(
                span_of(place, name.span()),
                format!("expected a list in brackets: `static {name} = [\"https://…\"];`"),
            );
            return None;
        }
    };
    Some(ConnectSrcItem { attributes, visibility, name, list })
}

/// The attributes at the beginning, and what follows them. Those of entries are of no use on an item.
fn parse_attributes<'t>(mut tokens: &'t [TokenTree], errors: &mut Errors) -> (TokenStream, &'t [TokenTree]) {
    let mut attributes = TokenStream::new();
    while let [hash, attribute @ TokenTree::Group(group), rest @ ..] = tokens
        && is_punct(Some(hash), '#')
        && group.delimiter() == Delimiter::Bracket
    {
        match group.stream().into_iter().next() {
            Some(TokenTree::Ident(name)) if name == "insecure" => {
                errors.push(name.span(), "#[insecure] belongs on a source, not on the list");
            }
            Some(TokenTree::Ident(name)) if name == "scanned" => {
                errors.push(
                    name.span(),
                    "#[scanned] takes the endpoints that a build script found, and there are none: remove the attribute \
                     (csp-build has no scanner yet)",
                );
            }
            _ => attributes.extend([hash.clone(), attribute.clone()]),
        }
        tokens = rest;
    }
    (attributes, tokens)
}
