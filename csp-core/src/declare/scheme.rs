//! The scheme of a source.

use alloc::format;
use alloc::string::ToString;

use super::mistake::{Mistake, Parsed};
use super::{SourceErrorKind as Kind, authority};
use crate::{SchemePart, suggest};

/// Schemes of `fetch` whose content is made on the page.
pub(super) const LOCAL_SCHEMES: [&str; 4] = ["blob", "data", "filesystem", "mediastream"];

/// Schemes that a connection never has.
pub(super) const UNSUPPORTED_SCHEMES: [&str; 9] =
    ["about", "file", "ftp", "ftps", "javascript", "mailto", "tel", "vbscript", "view-source"];

/// What stands at the beginning of a source.
pub(super) enum Split<'a> {
    SchemeSource(SchemePart<'a>),
    /// The scheme, and what follows `://`.
    Scheme(SchemePart<'a>, &'a str),
}

/// Finds the scheme, or says what is wrong with it.
pub(super) fn split_scheme(text: &str) -> Parsed<Split<'_>> {
    let is_path = text.starts_with('/') && !text.starts_with("//");
    if is_path || text.starts_with("./") || text.starts_with("../") {
        return Err(Mistake::new(
            Kind::RelativeReference,
            0..1,
            "is a path",
            "a source is a place on the network; a path alone has no host",
        )
        .advice("write `self` (without quotes) for everything on the page's own origin"));
    }
    if let Some(mistake) = wide_separator(text) {
        return Err(mistake);
    }
    // `https?://` is a pattern, not a query.
    let pattern = text.find("://").filter(|end| !text[..*end].contains([':', '/', '.']));
    let Some(position) = pattern.or_else(|| text.find([':', '/', '?', '#'])) else { return Err(missing_scheme(text)) };
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

pub(super) fn unsupported_scheme(text: &str, scheme: &str) -> Mistake {
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

/// `：` and `／`, which look like the separators of a URL.
fn wide_separator(text: &str) -> Option<Mistake> {
    const WIDE: [(char, &str); 5] =
        [('\u{ff1a}', ":"), ('\u{2236}', ":"), ('\u{ff0f}', "/"), ('\u{2215}', "/"), ('\u{2044}', "/")];

    let is_wide = |character| WIDE.iter().find(|(wide, _)| *wide == character);
    let (position, (wide, separator)) =
        text.char_indices().find_map(|(position, character)| Some((position, is_wide(character)?)))?;
    let narrow = WIDE.iter().fold(text.to_string(), |text, (wide, separator)| text.replace(*wide, separator));
    (!text.contains("://") && narrow.contains("://")).then(|| {
        Mistake::new(
            Kind::ColonMissing,
            position..position + wide.len_utf8(),
            format!("has `{wide}` where `{separator}` belongs"),
            "browsers drop the whole directive because of a non-ASCII character",
        )
        .fix(narrow)
    })
}

fn missing_scheme(text: &str) -> Mistake {
    let lower = text.to_ascii_lowercase();
    let is_local = LOCAL_SCHEMES.contains(&lower.as_str());
    if is_local || matches!(lower.as_str(), "http" | "https" | "ws" | "wss") {
        let mistake = Mistake::new(
            Kind::ColonMissing,
            text.len()..text.len(),
            "is a scheme without its colon",
            "browsers read it as the name of a host",
        );
        return if is_local {
            mistake.fix(format!("{lower}:"))
        } else {
            let encrypted = if lower.starts_with("ws") { "wss" } else { "https" };
            mistake.advice(format!("write a host after {encrypted}://"))
        };
    }
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
