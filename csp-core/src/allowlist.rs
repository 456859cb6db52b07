//! What the header [`Connection-Allowlist`](https://wicg.github.io/connection-allowlists/) says for a source list.
//!
//! Its patterns are URL patterns, and a browser that knows the header asks them of every request, whatever directive
//! governs it. As measured with Chromium: a pattern of `https` is asked of `wss` URLs too, and one of `http` of `ws` URLs;
//! ports are those of the pattern; a path is compared whole, without the query; a redirect is refused wherever it leads.

use crate::const_text::ConstText;
use crate::source::{HostPart, HostSource, PortPart, SchemePart, SourceExpression, Tokens};
use crate::{Keyword, contains};

/// Why a source has no place in an allowlist; `None` where it has one, or needs none.
#[must_use]
pub const fn allowlist_mistake(source: &SourceExpression<'_>) -> Option<&'static str> {
    match source {
        SourceExpression::Host(HostSource { scheme: None, .. }) => {
            Some("allows every host: an allowlist with it allows everything\nhelp: list the hosts")
        }
        SourceExpression::Host(HostSource { scheme: Some(scheme), .. }) | SourceExpression::Scheme(scheme) => {
            match scheme {
                SchemePart::Other(text) if !is_local(text) => {
                    Some("has a scheme of an application's own, which an allowlist can't name\nhelp: remove it")
                }
                _ => None,
            }
        }
        SourceExpression::Keyword(_) | SourceExpression::Nonce(_) | SourceExpression::Hash(_) => None,
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
            if let Some(source) = SourceExpression::parse(token)
                && let Some(mistake) = allowlist_mistake(&source)
            {
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
            if crate::ascii::eq_ignore_case(head.as_bytes(), scheme.as_bytes())
                && crate::ascii::eq_ignore_case(tail.as_bytes(), rest.as_bytes())
            {
                return true;
            }
        }
    }
    false
}

const fn write_source(out: &mut ConstText<'_>, token: &str) {
    match SourceExpression::parse(token) {
        Some(SourceExpression::Scheme(SchemePart::Https | SchemePart::Wss)) => out.push(" \"https://*:*\""),
        Some(SourceExpression::Scheme(SchemePart::Http | SchemePart::Ws)) => {
            out.push(" \"http://*:*\" \"https://*:*\"");
        }
        Some(SourceExpression::Host(source)) => write_host(out, &source),
        // The page's own origin is there already; what is for scripts and styles connects to nothing, nor do local URLs.
        Some(
            SourceExpression::Keyword(
                Keyword::InlineSpeculationRules
                | Keyword::ReportSample
                | Keyword::SelfOrigin
                | Keyword::StrictDynamic
                | Keyword::TrustedTypesEval
                | Keyword::UnsafeAllowRedirects
                | Keyword::UnsafeEval
                | Keyword::UnsafeHashes
                | Keyword::UnsafeInline
                | Keyword::WasmUnsafeEval,
            )
            | SourceExpression::Nonce(_)
            | SourceExpression::Hash(_)
            | SourceExpression::Scheme(SchemePart::Other(_)),
        )
        | None => {}
    }
}

/// A host by its scheme, and by the better one that the source covers too.
const fn write_host(out: &mut ConstText<'_>, source: &HostSource<'_>) {
    let is_plain = matches!(source.scheme, Some(SchemePart::Http | SchemePart::Ws));
    if !is_plain {
        write_pattern(out, "https", source.port, source);
        return;
    }
    write_pattern(out, "http", source.port, source);
    match (source.port, source.scheme) {
        (PortPart::Default | PortPart::Number(80), _) | (PortPart::Number(443), Some(SchemePart::Http)) => {
            write_pattern(out, "https", PortPart::Default, source);
        }
        (PortPart::Any, _) => write_pattern(out, "https", PortPart::Any, source),
        (PortPart::Number(_), _) => {}
    }
}

const fn write_pattern(out: &mut ConstText<'_>, scheme: &str, port: PortPart, source: &HostSource<'_>) {
    out.push(" \"");
    out.push(scheme);
    out.push("://");
    match source.host {
        HostPart::Any => out.push("*"),
        HostPart::Exact(host) => out.push(host),
        HostPart::Subdomains(parent) => {
            out.push("*.");
            out.push(parent);
        }
    }
    match port {
        PortPart::Any => out.push(":*"),
        PortPart::Default => {}
        PortPart::Number(port) => {
            out.push(":");
            out.push_number(port as u32);
        }
    }
    let path = source.path.as_str();
    let mut position = 0;
    while position < path.len() {
        // Each of these would be a part of the pattern's own language; the backslash is escaped in the header.
        if matches!(path.as_bytes()[position], b'*' | b'+' | b'(' | b')' | b':') {
            out.push("\\\\");
        }
        out.push(path.split_at(position).1.split_at(1).0);
        position += 1;
    }
    if path.len() > 0 && path.as_bytes()[path.len() - 1] == b'/' {
        out.push("*");
    }
    out.push("\"");
}

/// `data:` and its like carry their own content.
const fn is_local(scheme: &str) -> bool {
    matches!(scheme.as_bytes(), b"data" | b"blob" | b"filesystem" | b"mediastream")
}
