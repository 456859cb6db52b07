//! Whether a source has an effect in its directive.

use alloc::format;
use core::ops::Range;

use super::SourceErrorKind as Kind;
use super::keyword::{WRITE_NONCE, kind_of_keyword};
use super::mistake::{Mistake, Parsed};
use crate::{DirectiveName, HashAlgorithm, Keyword, SchemePart, SourceExpression, SourceListGrammar};

/// Refuses what a directive's source list can hold, and what changes nothing there.
pub(super) fn check_effect(directive: DirectiveName, source: &SourceExpression<'_>, text: &str) -> Parsed<()> {
    let grammar = directive.source_list();
    let without_effect_because = |reason| {
        let headline = format!("has no effect in {directive}");
        Err(Mistake::new(Kind::KeywordWithoutEffect, 0..text.len(), headline, reason).advice("remove it"))
    };
    match source {
        SourceExpression::Keyword(Keyword::SelfOrigin) if grammar.urls => Ok(()),
        SourceExpression::Keyword(keyword) if grammar.keywords.contains(keyword) => canonical(text),
        SourceExpression::Nonce(_) if grammar.inline => Err(Mistake::new(
            Kind::FixedNonce,
            0..text.len(),
            "is a nonce that never changes",
            "whoever has seen one page can use it in the next",
        )
        .advice(WRITE_NONCE)),
        SourceExpression::Hash(hash) if grammar.inline => check_digest(hash.algorithm(), hash.value(), text),
        SourceExpression::Keyword(_) | SourceExpression::Nonce(_) | SourceExpression::Hash(_) => {
            let kind = kind_of_keyword(text.trim_matches('\''));
            Err(without_effect(directive, kind, 0..text.len()))
        }
        SourceExpression::Scheme(_) | SourceExpression::Host(_) if !grammar.urls => {
            without_effect_because(format!("what {directive} governs has no URL"))
        }
        SourceExpression::Scheme(SchemePart::Ws | SchemePart::Wss) if !grammar.websockets => {
            without_effect_because(format!("nothing that {directive} governs is loaded by ws or wss"))
        }
        SourceExpression::Host(host)
            if !grammar.websockets && matches!(host.scheme(), Some(SchemePart::Ws | SchemePart::Wss)) =>
        {
            without_effect_because(format!("nothing that {directive} governs is loaded by ws or wss"))
        }
        SourceExpression::Scheme(_) | SourceExpression::Host(_) => Ok(()),
    }
}

/// A keyword, a nonce or a hash, as `kind` says, where it changes nothing.
pub(super) fn without_effect(directive: DirectiveName, kind: &str, range: Range<usize>) -> Mistake {
    let reason = match directive.source_list() {
        SourceListGrammar { urls: true, inline: false, .. } => {
            format!("{directive} matches URLs only; this {kind} is for scripts and styles")
        }
        _ => format!("this {kind} says nothing about what {directive} governs"),
    };
    let headline = format!("has no effect in {directive}");
    Mistake::new(Kind::KeywordWithoutEffect, range, headline, reason).advice("remove it")
}

/// Keywords are equal but for case; declarations write them in one way.
fn canonical(text: &str) -> Parsed<()> {
    let lower = text.to_ascii_lowercase();
    if lower == text {
        return Ok(());
    }
    let reason = "declarations are written canonically";
    Err(Mistake::new(Kind::Uppercase, 0..text.len(), "has upper-case letters", reason).fix(lower))
}

/// A digest has a length, and is padded to a multiple of four characters.
fn check_digest(algorithm: HashAlgorithm, value: &str, text: &str) -> Parsed<()> {
    let (bytes, length, padding) = match algorithm {
        HashAlgorithm::Sha256 => (32, 44, "="),
        HashAlgorithm::Sha384 => (48, 64, ""),
        HashAlgorithm::Sha512 => (64, 88, "=="),
    };
    let start = text.find('-').map_or(0, |hyphen| hyphen + 1);
    if value.len() == 2 * bytes && value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Mistake::new(
            Kind::DigestLength,
            start..text.len().saturating_sub(1),
            "has a hexadecimal digest",
            format!("{} is {length} characters of base64 here", algorithm.name()),
        )
        .advice("take the hash from the browser's console, or encode those bytes in base64"));
    }
    let digits = value.trim_end_matches('=');
    if value.len() == length && digits.len() + padding.len() != length {
        return Err(Mistake::new(
            Kind::DigestLength,
            start..text.len().saturating_sub(1),
            format!("has a digest of {} bytes", digits.len() * 3 / 4),
            format!("{} is {bytes} bytes: {length} characters of base64", algorithm.name()),
        )
        .advice("take the hash from the browser's console, or compute it again"));
    }
    if value.len() != length {
        return Err(Mistake::new(
            Kind::DigestLength,
            start..text.len().saturating_sub(1),
            format!("has a digest of {} characters", value.len()),
            format!("{} is {bytes} bytes: {length} characters of base64", algorithm.name()),
        )
        .advice("take the hash from the browser's console, or compute it again"));
    }
    match text.split_once('-') {
        Some((prefix, _)) if prefix.chars().any(|character| character.is_ascii_uppercase()) => {
            let (prefix, rest) = text.split_at(prefix.len());
            let reason = "declarations are written canonically";
            Err(Mistake::new(Kind::Uppercase, 0..prefix.len(), "has upper-case letters", reason)
                .fix(format!("{}{rest}", prefix.to_ascii_lowercase())))
        }
        _ => Ok(()),
    }
}
