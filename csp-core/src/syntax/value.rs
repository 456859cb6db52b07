//! What an entry declares: a string, or a word.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Ident, Literal, Span, TokenTree};
use syn::Lit;

use super::Errors;
use super::tokens::{is_punct, parse_path};
use crate::{DirectiveName, Keyword, SourceErrorKind, SourceExpression, suggest};

/// The source of an entry as written.
pub enum DeclaredValue {
    /// `none`
    None(Span),
    /// `self`
    SelfOrigin(Span),
    /// `strict_dynamic` and its kin.
    Keyword(Keyword, Span),
    /// `nonce`
    Nonce(Span),
    /// A string literal, and the text that it stands for.
    Source(Literal, String),
}

impl DeclaredValue {
    /// Where it is written.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::None(span) | Self::SelfOrigin(span) | Self::Keyword(_, span) | Self::Nonce(span) => *span,
            Self::Source(literal, _) => literal.span(),
        }
    }

    /// The source expression, where it is one that can stand for an origin.
    #[must_use]
    pub fn to_source(&self) -> Option<SourceExpression<'_>> {
        match self {
            Self::SelfOrigin(_) => SourceExpression::parse("'self'"),
            Self::Source(_, text) => SourceExpression::parse(text),
            Self::None(_) | Self::Keyword(..) | Self::Nonce(_) => None,
        }
    }
}

pub(super) fn parse_value<'t>(
    directive: DirectiveName,
    token: &TokenTree,
    rest: &'t [TokenTree],
    errors: &mut Errors,
) -> Option<(DeclaredValue, &'t [TokenTree])> {
    match token {
        TokenTree::Ident(name) if name == "self" => Some((DeclaredValue::SelfOrigin(name.span()), rest)),
        TokenTree::Ident(name) if name == "none" => Some((DeclaredValue::None(name.span()), rest)),
        TokenTree::Ident(name) if name == "nonce" && directive.has_inline_sources() => {
            Some((DeclaredValue::Nonce(name.span()), rest))
        }
        TokenTree::Ident(name) => match keyword_in(directive, name) {
            Some(keyword) => Some((DeclaredValue::Keyword(keyword, name.span()), rest)),
            None => {
                errors.push(name.span(), unknown_word(directive, name, rest));
                None
            }
        },
        TokenTree::Literal(literal) => parse_literal(literal, errors).map(|value| (value, rest)),
        TokenTree::Punct(punct) if punct.as_char() == '*' => {
            let message = unquoted_source(directive, token, rest)
                .unwrap_or_else(|| "a source is a string literal: write \"*\", or better the hosts".to_string());
            errors.push(punct.span(), message);
            None
        }
        // A quote that is never closed makes a lifetime of the word.
        TokenTree::Punct(quote) if quote.as_char() == '\'' && matches!(rest, [TokenTree::Ident(_), ..]) => {
            let word = rest[0].to_string();
            let meant = if word == "self" || word == "none" {
                format!("`{word}` without quotes")
            } else {
                "\"https://…\"".into()
            };
            errors.push(quote.span(), format!("expected a source, found `'{word}`: write {meant}"));
            None
        }
        TokenTree::Punct(_) | TokenTree::Group(_) => {
            errors.push(token.span(), "expected a source: a string literal, `self` or `none`");
            None
        }
    }
}

fn parse_literal(literal: &Literal, errors: &mut Errors) -> Option<DeclaredValue> {
    let text = literal.to_string();
    // A string without escapes stands for what is written; long lists are full of them.
    if let Some(value) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'))
        && !value.contains('\\')
    {
        return Some(DeclaredValue::Source(literal.clone(), value.into()));
    }
    match Lit::new(literal.clone()) {
        Lit::Str(text) if text.suffix().is_empty() => Some(DeclaredValue::Source(literal.clone(), text.value())),
        _ => {
            // rustc takes `'self'` for a broken character, and its help makes a string of it.
            let meant = match text.trim_matches('\'') {
                name @ ("self" | "none") => format!("`{name}` without quotes"),
                // A string of another kind: without its prefix and suffix.
                _ => match (text.find('"'), text.rfind('"')) {
                    (Some(start), Some(end)) if start < end => text[start..=end].to_string(),
                    _ => "\"https://…\"".to_string(),
                },
            };
            errors.push(literal.span(), format!("expected a string literal, found `{text}`: write {meant}"));
            None
        }
    }
}

/// `strict_dynamic`, where it has an effect.
fn keyword_in(directive: DirectiveName, name: &Ident) -> Option<Keyword> {
    let name = name.to_string();
    let keyword = Keyword::ALL.into_iter().find(|keyword| keyword.name().replace('-', "_") == name)?;
    SourceExpression::declare_in(directive, keyword.as_str()).is_ok().then_some(keyword)
}

/// `rest` tells an unquoted source from a misspelt keyword.
fn unknown_word(directive: DirectiveName, name: &Ident, rest: &[TokenTree]) -> String {
    let word = name.to_string();
    match rest {
        [colon, TokenTree::Group(_), ..] if is_punct(Some(colon), ':') => {
            return "expected a declaration: `pub static NAME = [\"https://…\"];`".to_string();
        }
        [colon, TokenTree::Literal(_), ..] if is_punct(Some(colon), ':') => {}
        [first, second, ..] if is_punct(Some(first), ':') && is_punct(Some(second), ':') => {
            let tokens: Vec<_> = core::iter::once(TokenTree::Ident(name.clone())).chain(rest.iter().cloned()).collect();
            if parse_path(&tokens).is_none() {
                return format!("expected a string literal, `self` or `none`, found `{word}::…`");
            }
            let path: String = tokens.iter().map(ToString::to_string).collect();
            return not_a_source(directive, &path);
        }
        [colon, ..] if is_punct(Some(colon), ':') => {
            return format!(
                "quote the URL: \"{word}://…\" (without quotes, Rust takes everything after `//` for a comment)"
            );
        }
        [mark, ..] if is_punct(Some(mark), '!') => {
            return format!("`{word}!` is not expanded here: write the source as a string literal");
        }
        [TokenTree::Group(arguments), ..] if matches!(word.as_str(), "cfg" | "insecure") => {
            return format!("an attribute is written #[{word}{arguments}]");
        }
        _ => {}
    }
    if let Some(message) = unquoted_source(directive, &TokenTree::Ident(name.clone()), rest) {
        return message;
    }
    let why = if directive.has_inline_sources() { "" } else { ", which matches URLs only" };
    match suggest::keyword(&word) {
        _ if directive.has_inline_sources() && word.eq_ignore_ascii_case("nonce") => {
            format!("unknown keyword `{word}`; did you mean `nonce`?")
        }
        _ if directive == DirectiveName::ConnectSrc && word == "scanned" => {
            "expected a string literal, `self` or `none`, found `scanned`\nhelp: write `..scanned` to take in what the build \
             script found"
                .to_string()
        }
        _ if matches!(word.as_str(), "nonce" | "hash" | "sha256" | "sha384" | "sha512") => {
            if directive.has_inline_sources() {
                return "write a hash as a string, with its quotes: \"'sha256-…'\"".to_string();
            }
            format!("a {word} has no effect in {directive}{why}: remove it")
        }
        Some(meant @ ("self" | "none")) => format!("unknown keyword `{word}`; did you mean `{meant}`?"),
        Some(meant) if SourceExpression::declare_in(directive, &format!("'{meant}'")).is_ok() => {
            format!("unknown keyword `{word}`; did you mean `{}`?", meant.replace('-', "_"))
        }
        Some(meant) => format!("'{meant}' has no effect in {directive}{why}: remove it"),
        None if rest.is_empty() && is_constant(&word) => not_a_source(directive, &word),
        None => format!("expected a string literal, `self` or `none`, found `{word}`"),
    }
}

/// What to say about the path of a constant, or of another declaration.
fn not_a_source(directive: DirectiveName, path: &str) -> String {
    let message = format!("expected a string literal, `self` or `none`, found `{path}`");
    if directive == DirectiveName::ConnectSrc {
        return format!("{message}\nhelp: write `..{path}` to take in another declaration");
    }
    message
}

/// Whether a word is written as the names of constants are.
fn is_constant(word: &str) -> bool {
    word.contains(|character: char| character.is_ascii_uppercase())
        && word
            .chars()
            .all(|character| character.is_ascii_uppercase() || character.is_ascii_digit() || character == '_')
}

/// What to say about a source without quotes; `None` where it is one token, which can be many things.
fn unquoted_source(directive: DirectiveName, first: &TokenTree, rest: &[TokenTree]) -> Option<String> {
    let is_part = |token: &&TokenTree| match token {
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
        TokenTree::Punct(punct) => matches!(punct.as_char(), '.' | '-' | ':' | '/' | '*'),
        TokenTree::Group(_) => false,
    };
    let parts = rest.iter().take_while(is_part).map(ToString::to_string);
    let text = parts.fold(first.to_string(), |text, part| text + &part);
    if text == first.to_string() {
        return None;
    }
    Some(match SourceExpression::declare_in(directive, &text) {
        Err(error) if error.kind() != SourceErrorKind::MissingScheme => error.report(),
        Err(error) => format!("quote the source: {}", error.help().unwrap_or_default()),
        Ok(_) => format!("quote the source: write \"{text}\""),
    })
}
