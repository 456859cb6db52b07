//! What the header [`Connection-Allowlist`](https://wicg.github.io/connection-allowlists/) says for a source list.
//!
//! Its patterns are URL patterns, and a browser that knows the header asks them of every request, whatever directive
//! governs it. As measured with Chromium: a pattern of `https` is asked of `wss` URLs too, and one of `http` of `ws` URLs;
//! ports are those of the pattern; a path is compared whole, without the query; a redirect is refused wherever it leads.

use crate::ascii::equal;
use crate::const_text::ConstText;
use crate::{Tokens, contains};

/// Why a source has no place in an allowlist; `None` where it has one, or needs none. `source` is canonical text.
///
/// ```
/// assert!(csp_core::allowlist_mistake("*").is_some());
/// assert!(csp_core::allowlist_mistake("https://*.example.com").is_none());
/// ```
#[must_use]
pub const fn allowlist_mistake(source: &str) -> Option<&'static str> {
    match source.as_bytes() {
        [b'*', ..] => Some("allows every host: an allowlist with it allows everything\nhelp: list the hosts"),
        // What is for scripts and styles connects to nothing, nor does what carries its own content.
        [b'\'', ..] | b"data:" | b"blob:" | b"filesystem:" | b"mediastream:" => None,
        _ if Place::of(source).is_some() => None,
        _ => Some("has a scheme of an application's own, which an allowlist can't name\nhelp: remove it"),
    }
}

/// Writes the header's value: the page's own origin, and what the lists name. Lists are canonical text, and hold nothing
/// that is a [mistake](allowlist_mistake). `report_to` is the name of an endpoint; empty for none.
#[doc(hidden)]
pub const fn write_allowlist(out: &mut ConstText<'_>, lists: &[&str], report_to: &str) {
    out.push("(response-origin");
    let mut index = 0;
    while index < lists.len() {
        let mut tokens = Tokens::new(lists[index]);
        while let Some(token) = tokens.next_token() {
            if !is_known(token, lists, index) {
                write_source(out, token);
            }
        }
        index += 1;
    }
    out.push(")");
    if !report_to.is_empty() {
        out.push(";report-to=");
        out.push(report_to);
    }
}

/// The first source of lists that is a [mistake](allowlist_mistake) there, and why.
#[doc(hidden)]
#[must_use]
pub const fn first_allowlist_mistake<'a>(lists: &[&'a str]) -> Option<(&'a str, &'static str)> {
    let mut index = 0;
    while index < lists.len() {
        let mut tokens = Tokens::new(lists[index]);
        while let Some(token) = tokens.next_token() {
            if let Some(mistake) = allowlist_mistake(token) {
                return Some((token, mistake));
            }
        }
        index += 1;
    }
    None
}

/// Whether an earlier list has the token, or a list has the same place by the scheme of which it is asked too.
const fn is_known(token: &str, lists: &[&str], own: usize) -> bool {
    let mut index = 0;
    while index < lists.len() {
        if index < own && contains(lists[index], token) {
            return true;
        }
        let twin = match token.as_bytes() {
            [b'w', b's', b's', b':', b'/', b'/', ..] => Some(("https", token.split_at(3).1)),
            [b'w', b's', b':', b'/', b'/', ..] => Some(("http", token.split_at(2).1)),
            _ => None,
        };
        if let Some((scheme, rest)) = twin
            && has_twin(lists[index], scheme, rest)
        {
            return true;
        }
        index += 1;
    }
    false
}

const fn has_twin(list: &str, scheme: &str, rest: &str) -> bool {
    let mut tokens = Tokens::new(list);
    while let Some(token) = tokens.next_token() {
        if token.len() == scheme.len() + rest.len() {
            let (head, tail) = token.split_at(scheme.len());
            if equal(head, scheme) && equal(tail, rest) {
                return true;
            }
        }
    }
    false
}

/// A source of one of the four schemes, cut into pieces. The text is canonical: nothing is looked at twice, since long
/// lists are cut in const evaluation.
struct Place<'a> {
    /// Whether it is `http` or `ws`.
    is_plain: bool,
    is_http: bool,
    /// `*` for every one.
    host: &'a str,
    /// What follows the colon; `*` for every one, empty for the scheme's.
    port: &'a str,
    path: &'a str,
}

impl<'a> Place<'a> {
    const fn of(source: &'a str) -> Option<Self> {
        let (scheme, is_plain, is_http) = match source.as_bytes() {
            [b'h', b't', b't', b'p', b's', b':', ..] => (6, false, true),
            [b'w', b's', b's', b':', ..] => (4, false, false),
            [b'h', b't', b't', b'p', b':', ..] => (5, true, true),
            [b'w', b's', b':', ..] => (3, true, false),
            _ => return None,
        };
        let rest = source.split_at(scheme).1;
        if rest.is_empty() {
            return Some(Self { is_plain, is_http, host: "*", port: "*", path: "" });
        }
        // Behind the slashes.
        let rest = rest.split_at(2).1;
        // No call in a loop: const evaluation takes longer for one than for all the rest.
        let bytes = rest.as_bytes();
        let mut end = 0;
        while end < bytes.len() && bytes[end] != b'/' && bytes[end] != b':' {
            end += 1;
        }
        let mut start = end;
        while start < bytes.len() && bytes[start] != b'/' {
            start += 1;
        }
        let (host_and_port, path) = rest.split_at(start);
        let (host, port) = host_and_port.split_at(end);
        let port = if port.is_empty() { port } else { port.split_at(1).1 };
        Some(Self { is_plain, is_http, host, port, path })
    }
}

/// A source by its scheme, and by the better one that it covers too.
const fn write_source(out: &mut ConstText<'_>, source: &str) {
    let Some(place) = Place::of(source) else { return };
    if !place.is_plain {
        write_pattern(out, "https", place.port, &place);
        return;
    }
    write_pattern(out, "http", place.port, &place);
    match place.port.as_bytes() {
        b"" | b"80" => write_pattern(out, "https", "", &place),
        b"443" if place.is_http => write_pattern(out, "https", "", &place),
        b"*" => write_pattern(out, "https", "*", &place),
        _ => {}
    }
}

const fn write_pattern(out: &mut ConstText<'_>, scheme: &str, port: &str, place: &Place<'_>) {
    out.push(" \"");
    out.push(scheme);
    out.push("://");
    out.push(place.host);
    if !port.is_empty() {
        out.push(":");
        out.push(port);
    }
    let path = place.path;
    let mut position = 0;
    while position < path.len() {
        // Each of these would be a part of the pattern's own language; the backslash is escaped in the header.
        if matches!(path.as_bytes()[position], b'*' | b'+' | b'(' | b')' | b':') {
            out.push("\\\\");
        }
        out.push(path.split_at(position).1.split_at(1).0);
        position += 1;
    }
    if let [.., b'/'] = path.as_bytes() {
        out.push("*");
    }
    out.push("\"");
}
