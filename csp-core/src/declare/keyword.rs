//! Sources in quotes.

use alloc::format;
use alloc::string::{String, ToString};

use super::SourceErrorKind as Kind;
use super::mistake::{Mistake, Parsed};
use crate::{DirectiveName, HashSource, Keyword, NonceSource, SourceExpression, ValueGrammar, suggest};

/// The text with the quotes that a keyword has.
pub(super) fn without_quotes(text: &str) -> String {
    let quote = |character: char| {
        matches!(character, '\'' | '"' | '`') || !character.is_ascii() && !character.is_alphanumeric()
    };
    let bare = text.replace(quote, "");
    match suggest::keyword(&bare) {
        Some(keyword) => format!("'{keyword}'"),
        None => bare,
    }
}

/// Texts that are keywords, or were meant to be.
pub(super) fn keyword(directive: DirectiveName, text: &str) -> Option<Parsed<SourceExpression<'_>>> {
    const QUOTES: [char; 3] = ['\'', '"', '`'];
    let all = 0..text.len();
    if text.starts_with(QUOTES) || (text.ends_with(QUOTES) && !text.contains('/')) {
        let Some(name) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) else {
            let mistake = Mistake::new(
                Kind::UnbalancedQuote,
                all,
                "has a quote that does not belong there",
                "only keywords have quotes, one ' on each side",
            );
            if is_like_nonce(directive, text.trim_start_matches(QUOTES)) {
                return Some(Err(mistake.advice(WRITE_NONCE)));
            }
            return Some(Err(mistake.fix(without_quotes(text)).advice("remove it, or write `self` without quotes")));
        };
        if name.starts_with(QUOTES) && name.ends_with(QUOTES) && name.len() > 1 {
            let mistake = Mistake::new(
                Kind::UnbalancedQuote,
                all,
                "has more quotes than belong there",
                "only keywords have quotes, one ' on each side",
            );
            return Some(Err(mistake.fix(without_quotes(text)).advice("remove it, or write `self` without quotes")));
        }
        return Some(quoted(directive, text, name));
    }
    if text == "nonce" && directive.has_inline_sources() {
        let mistake = Mistake::new(
            Kind::UnquotedKeyword,
            all,
            "is a word in a string",
            "browsers would read it as the name of a host",
        );
        return Some(Err(mistake.advice(WRITE_NONCE)));
    }
    // The macro's spelling of a keyword, in a string.
    if let Some(keyword) = Keyword::ALL.into_iter().find(|keyword| text.contains('_') && is_spelt(text, *keyword)) {
        let mistake = Mistake::new(
            Kind::UnquotedKeyword,
            all,
            "is a word in a string",
            "browsers would read it as the name of a host",
        );
        return Some(Err(mistake.advice(match SourceExpression::declare_in(directive, keyword.as_str()) {
            Ok(_) => format!("write `{text}` without quotes"),
            Err(_) => format!("remove it: it has no effect in {directive}{}", why_urls_only(directive)),
        })));
    }
    let is_keyword = Keyword::from_name(text).is_some() || text.eq_ignore_ascii_case("none");
    if !is_keyword && NonceSource::parse(text).is_none() && HashSource::parse(text).is_none() {
        return None;
    }
    let unquoted = |headline, reason, advice: String| {
        Some(Err(Mistake::new(Kind::UnquotedKeyword, all, headline, reason).advice(advice)))
    };
    match text.to_ascii_lowercase().as_str() {
        name @ ("self" | "none") => unquoted(
            "is a keyword in a string".to_string(),
            "browsers would read it as the name of a host",
            format!(
                "write `{name}` bare, without the double quotes (where only strings can be, as in Policy::extend: \
                 \"'{name}'\")"
            ),
        ),
        _ => unquoted(
            format!("is a {} without quotes", kind_of_keyword(text)),
            "browsers read it as the name of a host",
            match SourceExpression::declare_in(directive, &format!("'{text}'")) {
                Ok(_) => format!("write \"'{text}'\""),
                Err(_) if is_like_nonce(directive, text) => WRITE_NONCE.to_string(),
                Err(_) => format!("remove it: it has no effect in {directive}{}", why_urls_only(directive)),
            },
        ),
    }
}

/// What to do about a nonce that is written out.
pub(super) const WRITE_NONCE: &str = "write `nonce` without quotes: each response gets one of its own";

/// Whether a name, without its quotes, was meant to be a nonce where nonces count.
fn is_like_nonce(directive: DirectiveName, name: &str) -> bool {
    directive.has_inline_sources() && name.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("nonce"))
}

/// Whether a name, without its quotes, was meant to be a hash.
fn is_like_hash(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let digest = name.strip_prefix("sha").or_else(|| name.strip_prefix("md"));
    digest.is_some_and(|rest| rest.trim_start_matches('-').starts_with(|next: char| next.is_ascii_digit()))
}

/// Whether a text is the keyword with underscores, as the macros have it.
fn is_spelt(text: &str, keyword: Keyword) -> bool {
    keyword.name().replace('-', "_") == text
}

/// What follows "has no effect in connect-src".
fn why_urls_only(directive: DirectiveName) -> &'static str {
    match directive.grammar() {
        ValueGrammar::SourceList(grammar) if grammar.keywords.is_empty() => ", which matches URLs only",
        _ => "",
    }
}

/// What a text without its quotes is.
pub(super) fn kind_of_keyword(name: &str) -> &'static str {
    if NonceSource::parse(name).is_some() {
        "nonce"
    } else if HashSource::parse(name).is_some() {
        "hash"
    } else {
        "keyword"
    }
}

fn quoted<'a>(directive: DirectiveName, text: &'a str, name: &'a str) -> Parsed<SourceExpression<'a>> {
    let all = 0..text.len();
    if name == "self" {
        return Ok(SourceExpression::Keyword(Keyword::SelfOrigin));
    }
    if name.eq_ignore_ascii_case("none") {
        return Err(Mistake::new(
            Kind::NoneWithOthers,
            all,
            "is a list, not a source",
            "'none' stands for the empty list",
        )
        .advice("remove it, or every other source"));
    }
    if name.eq_ignore_ascii_case("self") {
        return Err(Mistake::new(
            Kind::Uppercase,
            all,
            "has upper-case letters",
            "declarations are written canonically",
        )
        .fix("'self'".to_string()));
    }
    let known = match (Keyword::from_name(name), NonceSource::parse(name), HashSource::parse(name)) {
        (Some(keyword), _, _) => Some(SourceExpression::Keyword(keyword)),
        (_, Some(nonce), _) => Some(SourceExpression::Nonce(nonce)),
        (_, _, Some(hash)) => Some(SourceExpression::Hash(hash)),
        _ => None,
    };
    if let Some(source) = known {
        return Ok(source);
    }
    let mistake = Mistake::new(
        Kind::UnknownKeyword,
        all,
        "is no keyword",
        "browsers ignore an unknown keyword, and the origin that it was meant for stays blocked",
    );
    Err(match suggest::keyword(name) {
        _ if is_like_nonce(directive, name) => mistake.advice(WRITE_NONCE),
        _ if is_like_hash(name) && directive.has_inline_sources() => mistake.advice(
            "write a hash as 'sha256-…', 'sha384-…' or 'sha512-…' with base64, as the browser's console has it",
        ),
        _ if is_like_hash(name) => mistake.advice(format!("remove it: it has no effect in {directive}")),
        Some(meant) if matches!(meant, "self" | "none") => {
            mistake.advice(format!("did you mean `{meant}`, without quotes?"))
        }
        Some(meant) if SourceExpression::declare_in(directive, &format!("'{meant}'")).is_ok() => {
            mistake.fix(format!("'{meant}'"))
        }
        Some(meant) => mistake.advice(format!("did you mean '{meant}'? It has no effect in {directive}: remove it")),
        None if name.contains(['.', ':', '/']) => mistake.fix(name.to_string()),
        None => mistake.advice(match directive.grammar() {
            ValueGrammar::SourceList(grammar) if !grammar.keywords.is_empty() => "remove it".to_string(),
            _ => format!("remove it; `self` is the only keyword of {directive}"),
        }),
    })
}
