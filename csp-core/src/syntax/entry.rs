use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use syn::Lit;

use super::tokens::{flatten, is_punct, span_of};
use super::{DeclaredGate, Errors};
use crate::{Entry, EntryValue, SourceErrorKind, SourceExpression, suggest};

/// A list of entries as written.
#[derive(Default)]
pub struct DeclaredList {
    /// The entries that could be read.
    pub entries: Vec<DeclaredEntry>,
}

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

/// The source of an entry as written.
pub enum DeclaredValue {
    /// `none`
    None(Span),
    /// `self`
    SelfOrigin(Span),
    /// A string literal, and the text that it stands for.
    Source(Literal, String),
}

impl DeclaredValue {
    /// Where it is written.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::None(span) | Self::SelfOrigin(span) => *span,
            Self::Source(literal, _) => literal.span(),
        }
    }
}

impl DeclaredList {
    /// Reads the entries; mistakes go to `errors`, and the others are still read.
    pub fn parse(tokens: TokenStream, errors: &mut Errors) -> Self {
        let tokens = flatten(tokens);
        let mut chunks: Vec<&[TokenTree]> = tokens.split(|token| is_punct(Some(token), ',')).collect();
        // A trailing comma, or no entry at all.
        if chunks.last().is_some_and(|chunk| chunk.is_empty()) {
            chunks.pop();
        }
        let mut entries = Vec::with_capacity(chunks.len());
        let mut commas = tokens.iter().filter(|token| is_punct(Some(token), ','));
        for chunk in chunks {
            let comma = commas.next();
            if chunk.is_empty() {
                errors.push(comma.map_or_else(Span::call_site, TokenTree::span), "expected a source before this comma");
            } else if let Some(entry) = DeclaredEntry::parse(chunk, errors) {
                entries.push(entry);
            }
        }
        Self { entries }
    }

    /// The entries as [`check`](crate::check) takes them.
    #[must_use]
    pub fn to_entries(&self) -> Vec<Entry<'_>> {
        self.entries
            .iter()
            .map(|entry| Entry {
                value: match &entry.value {
                    DeclaredValue::None(_) => EntryValue::None,
                    DeclaredValue::SelfOrigin(_) => EntryValue::SelfOrigin,
                    DeclaredValue::Source(_, text) => EntryValue::Source(text),
                },
                gate: entry.gate.as_ref().map(|gate| gate.gate.clone()),
                justified: entry.insecure.is_some(),
            })
            .collect()
    }
}

impl DeclaredEntry {
    fn parse(mut tokens: &[TokenTree], errors: &mut Errors) -> Option<Self> {
        let mut predicates = Vec::new();
        let mut insecure = None;
        let mut last = span_of(tokens, Span::call_site());
        while let [TokenTree::Punct(hash), rest @ ..] = tokens
            && hash.as_char() == '#'
        {
            let [TokenTree::Group(group), rest @ ..] = rest else {
                errors.push(hash.span(), "expected an attribute: #[cfg(…)] or #[insecure(reason = \"…\")]");
                return None;
            };
            if let Some(attribute) = parse_attribute(group, errors) {
                match attribute {
                    EntryAttribute::Cfg(predicate) => predicates.push(predicate),
                    EntryAttribute::Insecure(_) if insecure.is_some() => {
                        errors.push(group.span(), "a second #[insecure]: write one reason");
                    }
                    EntryAttribute::Insecure(reason) => insecure = Some(reason),
                }
            }
            last = group.span();
            tokens = rest;
        }
        let [value, rest @ ..] = tokens else {
            errors.push(last, "expected a source after this attribute");
            return None;
        };
        let (value, rest) = parse_value(value, rest, errors)?;
        let reason = parse_reason(&value, rest, errors);
        Some(Self { value, gate: DeclaredGate::new(predicates), insecure, reason })
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
        (other, _) => {
            let help =
                suggest::closest(other, ["cfg", "insecure"]).map(|meant| format!("; did you mean #[{meant}(…)]?"));
            let help = help.unwrap_or_else(|| "; an entry takes #[cfg(…)] and #[insecure(reason = \"…\")]".to_string());
            errors.push(name.span(), format!("unknown attribute `{other}`{help}"));
            None
        }
    }
}

fn parse_insecure(name: &Ident, list: Option<TokenStream>, errors: &mut Errors) -> Option<String> {
    let tokens = list.map(flatten).unwrap_or_default();
    if let [TokenTree::Ident(key), TokenTree::Punct(equals), TokenTree::Literal(literal)] = tokens.as_slice()
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
    errors.push(name.span(), "#[insecure] needs a reason: #[insecure(reason = \"…\")]");
    None
}

fn parse_value<'t>(
    token: &TokenTree,
    rest: &'t [TokenTree],
    errors: &mut Errors,
) -> Option<(DeclaredValue, &'t [TokenTree])> {
    match token {
        TokenTree::Ident(name) if name == "self" => Some((DeclaredValue::SelfOrigin(name.span()), rest)),
        TokenTree::Ident(name) if name == "none" => Some((DeclaredValue::None(name.span()), rest)),
        TokenTree::Ident(name) => {
            errors.push(name.span(), unknown_word(name, rest));
            None
        }
        TokenTree::Literal(literal) => parse_literal(literal, errors).map(|value| (value, rest)),
        TokenTree::Punct(punct) if punct.as_char() == '*' => {
            let message = unquoted_source(token, rest)
                .unwrap_or_else(|| "a source is a string literal: write \"*\", or better the hosts".to_string());
            errors.push(punct.span(), message);
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

/// `rest` tells an unquoted source from a misspelt keyword.
fn unknown_word(name: &Ident, rest: &[TokenTree]) -> String {
    let word = name.to_string();
    match rest {
        [colon, TokenTree::Group(_), ..] if is_punct(Some(colon), ':') => {
            return "expected a declaration: `pub static NAME = [\"https://…\"];`".to_string();
        }
        [colon, TokenTree::Literal(_), ..] if is_punct(Some(colon), ':') => {}
        [colon, ..] if is_punct(Some(colon), ':') => {
            return format!(
                "quote the URL: \"{word}://…\" (without quotes, Rust takes everything after `//` for a comment)"
            );
        }
        [mark, ..] if is_punct(Some(mark), '!') => {
            return format!("`{word}!` is not expanded here: write the source as a string literal");
        }
        _ => {}
    }
    if let Some(message) = unquoted_source(&TokenTree::Ident(name.clone()), rest) {
        return message;
    }
    match suggest::keyword(&word) {
        _ if matches!(word.as_str(), "nonce" | "hash" | "sha256" | "sha384" | "sha512") => {
            format!("a {word} has no effect in connect-src, which matches URLs only: remove it")
        }
        Some(meant @ ("self" | "none")) => format!("unknown keyword `{word}`; did you mean `{meant}`?"),
        Some(meant) => format!("'{meant}' has no effect in connect-src, which matches URLs only: remove it"),
        None => format!("expected a string literal, `self` or `none`, found `{word}`"),
    }
}

/// What to say about a source without quotes; `None` where it is one token, which can be many things.
fn unquoted_source(first: &TokenTree, rest: &[TokenTree]) -> Option<String> {
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
    Some(match SourceExpression::declare(&text) {
        Err(error) if error.kind() != SourceErrorKind::MissingScheme => error.report(),
        Err(error) => format!("quote the source: {}", error.help().unwrap_or_default()),
        Ok(_) => format!("quote the source: write \"{text}\""),
    })
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
