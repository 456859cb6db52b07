//! A text that is more than one source.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::SourceErrorKind as Kind;
use super::mistake::{Correction, Mistake, Parsed};
use super::scheme::{LOCAL_SCHEMES, UNSUPPORTED_SCHEMES, unsupported_scheme};
use crate::{DirectiveName, suggest};

/// Semicolons, commas and blanks: what separates directives, policies and sources.
pub(super) fn check_separators(directive: DirectiveName, text: &str) -> Parsed<()> {
    if let Some(scheme) = scheme_of_content(text) {
        return Err(unsupported_scheme(text, &scheme));
    }
    let in_path = |position: usize| {
        text.split_once("://")
            .is_some_and(|(scheme, rest)| rest.find('/').is_some_and(|slash| scheme.len() + 3 + slash < position))
            && text[position + 1..].starts_with(|next: char| next.is_ascii_alphanumeric())
            && !text.contains(' ')
    };
    // A nonce of a template engine may have anything in it, and is no source whatever it is.
    if text.starts_with("'nonce-") && text.ends_with('\'') && text.matches('\'').count() == 2 {
        return Ok(());
    }
    if let Some((scheme, host)) = text.split_once(";//")
        && let Some(meant) = known_scheme(scheme)
    {
        return Err(Mistake::new(
            Kind::Semicolon,
            scheme.len()..scheme.len() + 1,
            "has a semicolon",
            "a semicolon ends the directive: what follows would be a directive of its own",
        )
        .fix(format!("{meant}://{host}")));
    }
    if let Some(position) = text.find(';') {
        let mistake = Mistake::new(
            Kind::Semicolon,
            position..position + 1,
            "has a semicolon",
            "a semicolon ends the directive: what follows would be a directive of its own",
        );
        return Err(if in_path(position) {
            mistake.fix(text.replacen(';', "%3B", 1)).advice("write `%3B` for it")
        } else if let Some(advice) = of_whole_policy(directive, text) {
            mistake.advice(advice)
        } else {
            mistake
                .fix(text[..position].trim_end().to_string())
                .advice(separately(directive, text[..position].split([' ', '\t'])))
        });
    }
    if let Some(position) = text.find(',') {
        let several = !in_path(position) || text[position..].contains("://");
        let mistake = Mistake::new(
            Kind::Comma,
            position..position + 1,
            "has a comma",
            "a comma ends the policy: what follows would be a policy of its own",
        );
        return Err(if several {
            mistake.advice(separately(directive, text.split(',')))
        } else {
            mistake.fix(text.replacen(',', "%2C", 1)).advice("write `%2C` for it")
        });
    }
    let (first, rest) = text.split_at(text.find([' ', '\t']).unwrap_or(text.len()));
    let rest = rest.trim_start_matches([' ', '\t']);
    let resembles = || (first.contains("src") || first.contains("Src")) && !first.contains("://");
    let named = DirectiveName::from_name(first.trim_end_matches(':'))
        .map(DirectiveName::as_str)
        .or_else(|| resembles().then(|| suggest::directive_name(first))?);
    if let Some(name) = named {
        return Err(Mistake::new(
            Kind::DirectiveName,
            0..first.len(),
            format!("begins with the directive name {name}"),
            "the macro writes the directive's name; here it would be a host name",
        )
        .advice(if rest.is_empty() {
            "remove it".to_string()
        } else {
            separately(directive, rest.split([' ', '\t']))
        }));
    }
    if !rest.is_empty() {
        return Err(Mistake::new(
            Kind::MultipleSources,
            first.len()..text.len() - rest.len(),
            "is more than one source",
            "a blank separates sources, and every source is checked on its own",
        )
        .advice(of_whole_policy(directive, text).unwrap_or_else(|| separately(directive, text.split([' ', '\t'])))));
    }
    Ok(())
}

/// The scheme of a text that is a URL of a kind whose content may hold anything: `data:text/plain,a;b`.
fn scheme_of_content(text: &str) -> Option<String> {
    let separator = text.find([',', ';'])?;
    let (scheme, content) = text[..separator].split_once(':')?;
    let is_content = content.starts_with(|first: char| first.is_ascii_alphanumeric()) && !content.contains([' ', '\t']);
    let mut schemes = LOCAL_SCHEMES.iter().chain(&UNSUPPORTED_SCHEMES);
    (is_content && schemes.any(|known| known.eq_ignore_ascii_case(scheme))).then(|| scheme.to_ascii_lowercase())
}

/// What to say of a text that is a whole policy: only the sources of one directive are wanted.
pub(super) fn of_whole_policy(directive: DirectiveName, text: &str) -> Option<String> {
    let is_header_name = |token: &&str| token.to_ascii_lowercase().starts_with("content-security-policy");
    let directives = || {
        text.split(';').map(|part| {
            let mut tokens = part.split([' ', '\t', '\r', '\n']).filter(|token| !token.is_empty()).peekable();
            while tokens.next_if(is_header_name).is_some() {}
            (tokens.next().and_then(DirectiveName::from_name), tokens)
        })
    };
    directives().next()?.0?;
    let of =
        |wanted| directives().find(|(name, _)| *name == Some(wanted)).map(|(_, tokens)| entries(directive, tokens));
    let entries =
        core::iter::once(&directive).chain(directive.fallbacks()).find_map(|name| of(*name)).unwrap_or_default();
    Some(if entries.is_empty() {
        format!("write only the sources of {directive}")
    } else {
        format!("write only the sources of {directive}: {}", entries.join(", "))
    })
}

/// What to write for a text that is several: what of it is a source, each as corrected as can be.
pub(super) fn separately<'t>(directive: DirectiveName, parts: impl Iterator<Item = &'t str>) -> String {
    let mut parts = parts.filter(|part| !part.trim().is_empty()).peekable();
    if parts.peek().is_none() {
        return "remove it".to_string();
    }
    match entries(directive, parts).as_slice() {
        [] => "write each source in a string of its own".to_string(),
        [one] if one.contains('"') => format!("write {one}"),
        [keyword] => format!("write `{keyword}`"),
        several => format!("write each source on its own: {}", several.join(", ")),
    }
}

/// One of the four schemes of the network, perhaps misspelt.
fn known_scheme(name: &str) -> Option<&str> {
    matches!(name, "https" | "wss" | "http" | "ws").then_some(name).or_else(|| suggest::scheme(name))
}

/// The entries of a list that these texts were meant to be; what can't be corrected is left out.
fn entries<'t>(directive: DirectiveName, parts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let parts = parts.map(|part| part.trim().trim_end_matches([';', ',']));
    let mut entries: Vec<String> = Vec::new();
    let mut before = "";
    for part in parts {
        if let Some(port) = another_port(before, part) {
            // `https://a.example: 80` is one source.
            if before.ends_with(':') {
                entries.pop();
            }
            entries.extend(Correction::of(directive, &port).map(|source| source.entry()));
            continue;
        }
        before = part;
        let bare = part.trim_matches('\'').to_ascii_lowercase();
        let entry = match bare.as_str() {
            "self" | "none" => Some(bare),
            _ => Correction::of(directive, part)
                .filter(|source| is_likely(part, source.text()))
                .map(|source| source.entry()),
        };
        entries.extend(entry.filter(|entry| !entries.contains(entry)));
    }
    if entries.len() > 1 {
        entries.retain(|entry| entry != "none");
    }
    entries
}

/// The source before, with this port: `443` behind `https://a.example:80`.
fn another_port(before: &str, next: &str) -> Option<String> {
    let is_port = |text: &str| text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (host, port) = before.rsplit_once(':')?;
    (host.contains("://") && is_port(port) && !next.is_empty() && is_port(next)).then(|| format!("{host}:{next}"))
}

/// Whether `source` is what `next`, one of several, was meant to be: a word or a number alone is no host.
fn is_likely(next: &str, source: &str) -> bool {
    match source.split_once("://") {
        Some((_, rest)) => {
            let host = rest.split([':', '/']).next().unwrap_or_default();
            next.contains("://") || (next.contains('.') && host.contains('.')) || host == "localhost"
        }
        None => !source.is_empty(),
    }
}
