//! The strict parser of one source: whatever a browser would drop, cut or read in two ways is a mistake.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::mistake::{Correction, Mistake};
use super::{SourceError, SourceErrorKind as Kind, authority, path};
use crate::{
    DirectiveName, HashSource, HostPart, HostSource, Keyword, NonceSource, PathPart, PortPart, SchemePart,
    SourceExpression, suggest,
};

impl<'a> SourceExpression<'a> {
    /// Reads a source of a declaration of `connect-src`.
    ///
    /// Only canonical text is admitted, with a scheme, so that every browser reads it alike. `'none'` is a list, not a
    /// source.
    ///
    /// # Errors
    ///
    /// What is wrong, where, and what to write instead.
    pub fn declare(text: &'a str) -> Result<Self, SourceError> {
        parse(text).map_err(|mistake| mistake.into_error(text))
    }
}

pub(super) type Parsed<T> = Result<T, Mistake>;

/// Schemes of `fetch` whose content is made on the page.
pub(super) const LOCAL_SCHEMES: [&str; 4] = ["blob", "data", "filesystem", "mediastream"];

/// Schemes that a connection never has.
const UNSUPPORTED_SCHEMES: [&str; 9] =
    ["about", "file", "ftp", "ftps", "javascript", "mailto", "tel", "vbscript", "view-source"];

pub(super) fn parse(text: &str) -> Parsed<SourceExpression<'_>> {
    if is_usual(text)
        && let Some(source) = SourceExpression::parse(text)
    {
        return Ok(source);
    }
    check_characters(text)?;
    check_separators(text)?;
    if let Some(result) = keyword(text) {
        return result;
    }
    if text == "*" {
        let host = HostPart::Any;
        return Ok(SourceExpression::Host(HostSource {
            scheme: None,
            host,
            port: PortPart::Default,
            path: PathPart::EMPTY,
        }));
    }
    if let Some(position) = text.find('\\') {
        return Err(Mistake::new(
            Kind::Backslash,
            position..position + 1,
            "has a backslash",
            "URL parsers read a backslash as a slash, the parsers of policies do not",
        )
        .fix(text.replace('\\', "/")));
    }
    let (scheme, rest) = match split_scheme(text)? {
        Split::SchemeSource(scheme) => return Ok(SourceExpression::Scheme(scheme)),
        Split::Scheme(scheme, rest) => (scheme, rest),
    };
    let offset = text.len() - rest.len();
    let (authority_text, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let (host, port) = authority::parse(text, offset, authority_text)?;
    let path = path::parse(text, offset + authority_text.len(), tail)?;
    if host == HostPart::Any && !path.is_empty() {
        return Err(Mistake::new(
            Kind::PathOnAnyHost,
            offset + authority_text.len()..text.len(),
            "has a path on every host",
            "browsers disagree: some ignore such a source, some match the path on every host",
        )
        .advice("list the hosts, each with the path"));
    }
    Ok(SourceExpression::Host(HostSource { scheme: Some(scheme), host, port, path }))
}

/// Whether the text is a scheme and a name in the usual spelling, and so has none of the mistakes that are looked for
/// below. Proc macros run without optimisation: long lists compile in a fraction of the time.
fn is_usual(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut start = match bytes {
        [b'h', b't', b't', b'p', b's', b':', b'/', b'/', ..] => 8,
        [b'w', b's', b's', b':', b'/', b'/', ..] => 6,
        _ => return false,
    };
    if let Some([b'*', b'.']) = bytes.get(start..start + 2) {
        start += 2;
    }
    if bytes.len() > start + 253 {
        return false;
    }
    let mut label = start;
    let mut index = start;
    while index < bytes.len() {
        match bytes[index] {
            b'a'..=b'z' | b'0'..=b'9' | b'-' if index - label < 63 => {}
            b'.' if index > label => label = index + 1,
            _ => return false,
        }
        index += 1;
    }
    // A last label that begins with a digit may be an address.
    bytes.get(label).is_some_and(u8::is_ascii_lowercase)
}

/// Empty text, and characters that no source has.
fn check_characters(text: &str) -> Parsed<()> {
    let trimmed = text.trim_matches(|character: char| character.is_whitespace() || character == '\0');
    if trimmed.is_empty() {
        let headline = if text.is_empty() { "is empty" } else { "is blank" };
        return Err(Mistake::new(Kind::Empty, 0..text.len(), headline, "an empty source says nothing")
            .advice("remove it, or write `none` to allow nothing"));
    }
    for (position, character) in text.char_indices() {
        let range = position..position + character.len_utf8();
        match character {
            '\r' | '\n' => {
                let mistake = Mistake::new(
                    Kind::LineBreak,
                    range,
                    "has a line break",
                    "a line break ends the header: what follows would be a header of its own",
                );
                return Err(if trimmed.contains(['\r', '\n']) {
                    mistake.advice(of_whole_policy(text).unwrap_or_else(|| separately(text.split(['\r', '\n']))))
                } else {
                    mistake.fix(trimmed.to_string()).advice("write each source in a string of its own")
                });
            }
            '\t' => {}
            _ if character.is_control() => {
                return Err(Mistake::new(
                    Kind::ControlCharacter,
                    range,
                    format!("has the control character {}", character.escape_unicode()),
                    "browsers drop or cut a source with a control character",
                )
                .fix(text.replace(char::is_control, "")));
            }
            '\u{2018}'..='\u{201f}'
            | '\u{ab}'
            | '\u{bb}'
            | '\u{b4}'
            | '\u{2032}'
            | '\u{2033}'
            | '\u{2039}'
            | '\u{203a}'
            | '\u{300c}'
            | '\u{300d}'
            | '\u{ff02}'
            | '\u{ff07}' => {
                return Err(Mistake::new(
                    Kind::SmartQuote,
                    range,
                    format!("has a typographic quote {character}"),
                    "browsers drop the whole directive because of a non-ASCII character",
                )
                .fix(without_quotes(text)));
            }
            _ if suggest::is_invisible(character) => {
                return Err(Mistake::new(
                    Kind::InvisibleCharacter,
                    range,
                    format!("has the invisible character {}", character.escape_unicode()),
                    "it can't be seen, and browsers drop the whole directive because of it",
                )
                .fix(text.replace(suggest::is_invisible, "")));
            }
            _ => {}
        }
    }
    if trimmed.len() != text.len() {
        let start = if text.starts_with(trimmed) { trimmed.len() } else { 0 };
        return Err(Mistake::new(Kind::Blank, start..start + 1, "has a blank at its edge", "blanks separate sources")
            .fix(trimmed.to_string()));
    }
    Ok(())
}

/// Semicolons, commas and blanks: what separates directives, policies and sources.
fn check_separators(text: &str) -> Parsed<()> {
    if let Some(scheme) = scheme_of_content(text) {
        return Err(unsupported_scheme(text, &scheme));
    }
    let in_path = |position: usize| {
        text.split_once("://")
            .is_some_and(|(scheme, rest)| rest.find('/').is_some_and(|slash| scheme.len() + 3 + slash < position))
            && text[position + 1..].starts_with(|next: char| next.is_ascii_alphanumeric())
            && !text.contains(' ')
    };
    if let Some(position) = text.find(';') {
        let mistake = Mistake::new(
            Kind::Semicolon,
            position..position + 1,
            "has a semicolon",
            "a semicolon ends the directive: what follows would be a directive of its own",
        );
        return Err(if in_path(position) {
            mistake.fix(text.replacen(';', "%3B", 1)).advice("write `%3B` for it")
        } else if let Some(advice) = of_whole_policy(text) {
            mistake.advice(advice)
        } else {
            mistake.fix(text[..position].trim_end().to_string()).advice(separately(text[..position].split([' ', '\t'])))
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
            mistake.advice(separately(text.split(',')))
        } else {
            mistake.fix(text.replacen(',', "%2C", 1)).advice("write `%2C` for it")
        });
    }
    let (first, rest) = text.split_at(text.find([' ', '\t']).unwrap_or(text.len()));
    let rest = rest.trim_start_matches([' ', '\t']);
    let resembles = || (first.contains("src") || first.contains("Src")) && !first.contains("://");
    let directive = DirectiveName::from_name(first.trim_end_matches(':'))
        .map(DirectiveName::as_str)
        .or_else(|| resembles().then(|| suggest::directive_name(first))?);
    if let Some(name) = directive {
        return Err(Mistake::new(
            Kind::DirectiveName,
            0..first.len(),
            format!("begins with the directive name {name}"),
            "the macro writes the directive's name; here it would be a host name",
        )
        .advice(if rest.is_empty() { "remove it".to_string() } else { separately(rest.split([' ', '\t'])) }));
    }
    if !rest.is_empty() {
        return Err(Mistake::new(
            Kind::MultipleSources,
            first.len()..text.len() - rest.len(),
            "is more than one source",
            "a blank separates sources, and every source is checked on its own",
        )
        .advice(of_whole_policy(text).unwrap_or_else(|| separately(text.split([' ', '\t'])))));
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

/// What to say of a text that is a whole policy: only the sources for connections are wanted.
fn of_whole_policy(text: &str) -> Option<String> {
    let is_header_name = |token: &&str| token.to_ascii_lowercase().starts_with("content-security-policy");
    let directives = || {
        text.split(';').map(|directive| {
            let mut tokens = directive.split([' ', '\t', '\r', '\n']).filter(|token| !token.is_empty()).peekable();
            while tokens.next_if(is_header_name).is_some() {}
            (tokens.next().and_then(DirectiveName::from_name), tokens)
        })
    };
    directives().next()?.0?;
    let of = |wanted| directives().find(|(name, _)| *name == Some(wanted)).map(|(_, tokens)| entries(tokens));
    let entries = of(DirectiveName::ConnectSrc).or_else(|| of(DirectiveName::DefaultSrc)).unwrap_or_default();
    Some(if entries.is_empty() {
        "write only the sources of connect-src".to_string()
    } else {
        format!("write only the sources of connect-src: {}", entries.join(", "))
    })
}

/// What to write for a text that is several: what of it is a source, each as corrected as can be.
fn separately<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let mut parts = parts.filter(|part| !part.trim().is_empty()).peekable();
    if parts.peek().is_none() {
        return "remove it".to_string();
    }
    match entries(parts).as_slice() {
        [] => "write each source in a string of its own".to_string(),
        [one] if one.contains('"') => format!("write {one}"),
        [keyword] => format!("write `{keyword}`"),
        several => format!("write each source on its own: {}", several.join(", ")),
    }
}

/// The entries of a list that these texts were meant to be; what can't be corrected is left out.
fn entries<'t>(parts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let parts = parts.map(|part| part.trim().trim_end_matches([';', ',']));
    let mut entries: Vec<String> = Vec::new();
    for part in parts {
        let bare = part.trim_matches('\'').to_ascii_lowercase();
        let entry = match bare.as_str() {
            "self" | "none" => Some(bare),
            _ => Correction::of(part).filter(|source| is_likely(part, source.text())).map(|source| source.entry()),
        };
        entries.extend(entry.filter(|entry| !entries.contains(entry)));
    }
    if entries.len() > 1 {
        entries.retain(|entry| entry != "none");
    }
    entries
}

/// Whether `source` is what `part`, one of several, was meant to be: a word alone is no host.
fn is_likely(part: &str, source: &str) -> bool {
    match source.split_once("://") {
        Some((_, rest)) => {
            let host = rest.split([':', '/']).next().unwrap_or_default();
            part.contains("://") || host.contains('.') || authority::is_loopback(host)
        }
        None => !source.is_empty(),
    }
}

fn without_quotes(text: &str) -> String {
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
fn keyword(text: &str) -> Option<Parsed<SourceExpression<'_>>> {
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
            return Some(Err(mistake.fix(without_quotes(text))));
        };
        return Some(quoted(text, name));
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
            "remove it: it has no effect in connect-src, which matches URLs only".to_string(),
        ),
    }
}

/// What a text without its quotes is.
fn kind_of_keyword(name: &str) -> &'static str {
    if NonceSource::parse(name).is_some() {
        "nonce"
    } else if HashSource::parse(name).is_some() {
        "hash"
    } else {
        "keyword"
    }
}

fn quoted<'a>(text: &'a str, name: &'a str) -> Parsed<SourceExpression<'a>> {
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
    if Keyword::from_name(name).is_some() || NonceSource::parse(name).is_some() || HashSource::parse(name).is_some() {
        return Err(Mistake::new(
            Kind::KeywordWithoutEffect,
            all,
            "has no effect in connect-src",
            format!("connect-src matches URLs only; this {} is for scripts and styles", kind_of_keyword(name)),
        )
        .advice("remove it"));
    }
    let mistake = Mistake::new(
        Kind::UnknownKeyword,
        all,
        "is no keyword",
        "browsers ignore an unknown keyword, and the origin that it was meant for stays blocked",
    );
    Err(match suggest::keyword(name) {
        Some(meant) if matches!(meant, "self" | "none") => {
            mistake.advice(format!("did you mean `{meant}`, without quotes?"))
        }
        Some(meant) => mistake.advice(format!("did you mean '{meant}'? It has no effect in connect-src: remove it")),
        None if name.contains(['.', ':', '/']) => mistake.fix(name.to_string()),
        None => mistake.advice("remove it; `self` is the only keyword of connect-src"),
    })
}

enum Split<'a> {
    SchemeSource(SchemePart<'a>),
    Scheme(SchemePart<'a>, &'a str),
}

/// Finds the scheme, or says what is wrong with it.
fn split_scheme(text: &str) -> Parsed<Split<'_>> {
    if text.starts_with('/') && !text.starts_with("//") {
        return Err(Mistake::new(
            Kind::RelativeReference,
            0..1,
            "is a path",
            "a source is a place on the network; a path alone has no host",
        )
        .advice("write `self` (without quotes) for everything on the page's own origin"));
    }
    let Some(position) = text.find([':', '/', '?', '#']) else { return Err(missing_scheme(text)) };
    let (name, rest) = text.split_at(position);
    let lower = name.to_ascii_lowercase();
    let meant = match lower.as_str() {
        "http" | "https" | "ws" | "wss" => Some(lower.as_str()),
        _ => suggest::scheme(name),
    };
    let Some(after) = rest.strip_prefix(':') else {
        return Err(match (rest.strip_prefix("//"), meant) {
            (Some(host), Some(scheme)) => Mistake::new(
                Kind::ColonMissing,
                position..position,
                format!("has no colon after `{}`", suggest::excerpt(name)),
                "browsers read it as a host with a path",
            )
            .fix(format!("{scheme}://{host}")),
            _ => missing_scheme(text),
        });
    };
    if after.is_empty() || after.starts_with("//") {
        if name.contains('.') || lower == "localhost" {
            return Err(missing_scheme(text));
        }
        return check_scheme(text, name, after, meant);
    }
    if UNSUPPORTED_SCHEMES.contains(&lower.as_str()) || LOCAL_SCHEMES.contains(&lower.as_str()) {
        return Err(unsupported_scheme(text, &lower));
    }
    // `https:/x` and `https:x`, but not `localhost:3000`.
    match meant {
        Some(scheme) if !after.starts_with(|next: char| next.is_ascii_digit() || next == '*') => Err(Mistake::new(
            Kind::MissingSlash,
            position..position + 1,
            format!("has no `//` after `{}:`", suggest::excerpt(name)),
            "URL parsers repair it, browsers drop it from a policy",
        )
        .fix(format!("{scheme}://{}", after.trim_start_matches('/')))),
        _ => Err(missing_scheme(text)),
    }
}

/// `after` is empty or begins with `//`.
fn check_scheme<'a>(text: &'a str, name: &'a str, after: &'a str, meant: Option<&str>) -> Parsed<Split<'a>> {
    let lower = name.to_ascii_lowercase();
    if let Some(meant) = meant.filter(|meant| **meant != lower) {
        return Err(Mistake::new(
            Kind::UnknownScheme,
            0..name.len(),
            format!("has the unknown scheme `{}`", suggest::excerpt(name)),
            "no browser connects by it",
        )
        .fix(format!("{meant}:{after}"))
        .advice(format!("did you mean {meant}?")));
    }
    if !SchemePart::is_valid(name) {
        return Err(Mistake::new(
            Kind::UnknownScheme,
            0..name.len(),
            "has no valid scheme",
            "a scheme is a letter, then letters, digits, `+`, `-` and `.`",
        )
        .advice("write https:// or wss:// before the host"));
    }
    if UNSUPPORTED_SCHEMES.contains(&lower.as_str()) {
        return Err(unsupported_scheme(text, &lower));
    }
    if lower != name {
        let rest = &text[name.len()..];
        return Err(Mistake::new(
            Kind::Uppercase,
            0..name.len(),
            "has an upper-case scheme",
            "declarations are written canonically, so that the header says what was written",
        )
        .fix(format!("{lower}{rest}")));
    }
    let scheme = SchemePart::new(name);
    if after.is_empty() {
        return Ok(Split::SchemeSource(scheme));
    }
    if !scheme.is_network() {
        return Err(unsupported_scheme(text, &lower));
    }
    Ok(Split::Scheme(scheme, &after[2..]))
}

fn unsupported_scheme(text: &str, scheme: &str) -> Mistake {
    let mistake = |headline: &str, reason| {
        let headline = format!("has {headline}the scheme `{scheme}`");
        Mistake::new(Kind::UnsupportedScheme, 0..scheme.len(), headline, reason)
    };
    let by = "connections go by https, wss, http and ws";
    if UNSUPPORTED_SCHEMES.contains(&scheme) {
        let fix = text.split_once("://").filter(|_| scheme.starts_with("ftp"));
        let mut mistake = mistake("", by);
        mistake.headline += ", by which nothing connects";
        return mistake.fix(fix.map(|(_, rest)| format!("https://{rest}"))).advice("remove it");
    }
    let mistake = if LOCAL_SCHEMES.contains(&scheme) {
        mistake("more than ", "URLs of this scheme have no host: a source covers all of them, or none")
    } else {
        mistake("", by)
    };
    mistake.advice(format!("write \"{scheme}:\" if every URL of that scheme is meant"))
}

fn missing_scheme(text: &str) -> Mistake {
    let host = text.trim_start_matches('/');
    let name = host.split([':', '/', '?', '#']).next().unwrap_or_default();
    let scheme = if authority::is_loopback(name) { "http" } else { "https" };
    let reason = "browsers read a scheme-less source differently on http and https pages, and it never covers wss";
    let mistake = Mistake::new(Kind::MissingScheme, 0..0, "has no scheme", reason);
    if name == "*" {
        return mistake.advice("list the hosts");
    }
    mistake.fix(format!("{scheme}://{host}")).advice("write https:// or wss:// and a host")
}
