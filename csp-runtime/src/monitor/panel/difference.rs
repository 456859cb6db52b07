//! What was blocked beside the source that is nearest to it, with the part that differs marked.

use alloc::string::String;

use csp_core::{Difference, visible};
use maud::{Markup, html};

/// The parts of a URL or a source; what stands between them belongs to the part behind it, but for `://`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts<'a> {
    scheme: &'a str,
    separator: &'a str,
    host: &'a str,
    port: &'a str,
    path: &'a str,
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (scheme, separator, rest) = match text.find("://") {
            Some(end) => (&text[..end], "://", &text[end + 3..]),
            // A scheme alone, or a keyword.
            None if text.ends_with(':') => (text, "", ""),
            None => ("", "", text),
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // The colons of an IPv6 address aren't the port's.
        let bracket = authority.rfind(']').unwrap_or_default();
        let colon = authority[bracket..].find(':').map_or(authority.len(), |at| bracket + at);
        let (host, port) = authority.split_at(colon);
        Self { scheme, separator, host, port, path }
    }
}

/// Both texts, the part that differs marked in each.
pub(super) fn both(blocked: &str, source: &str, difference: Difference) -> [Markup; 2] {
    let (blocked, source) = (visible(blocked), visible(source));
    let [left, right] = [Parts::of(&blocked), Parts::of(&source)];
    let host = matches!(difference, Difference::Host | Difference::Subdomain);
    let middle = if host { middles(left.host, right.host) } else { Default::default() };
    [(left, middle.0), (right, middle.1)].map(|(parts, middle)| marked(&parts, difference, middle))
}

/// Where one has nothing to mark, such as no port, the end of the part before it is the place.
fn marked(parts: &Parts<'_>, difference: Difference, middle: (usize, usize)) -> Markup {
    let part = |text: &str, is_it: bool| {
        html! { @if is_it && !text.is_empty() { mark.part { (text) } } @else { (text) } }
    };
    let host = matches!(difference, Difference::Host | Difference::Subdomain);
    html! {
        (part(parts.scheme, difference == Difference::Scheme)) (parts.separator)
        @if host && !parts.host.is_empty() {
            mark.part {
                (parts.host[..middle.0])
                @if middle.0 < middle.1 { b { (parts.host[middle.0..middle.1]) } }
                (parts.host[middle.1..])
            }
        } @else {
            (parts.host)
        }
        (part(parts.port, difference == Difference::Port)) (part(parts.path, difference == Difference::Path))
    }
}

/// What is left of each when the same beginning and the same end are taken off: byte ranges.
fn middles(left: &str, right: &str) -> ((usize, usize), (usize, usize)) {
    let start: usize = left
        .chars()
        .zip(right.chars())
        .take_while(|(left, right)| left == right)
        .map(|(same, _)| same.len_utf8())
        .sum();
    let ends = left[start..].chars().rev().zip(right[start..].chars().rev());
    let end: usize = ends.take_while(|(left, right)| left == right).map(|(same, _)| same.len_utf8()).sum();
    ((start, left.len() - end), (start, right.len() - end))
}

/// What the difference means, for those who don't know the rules by heart.
pub(super) const fn sentence(difference: Difference) -> &'static str {
    match difference {
        Difference::Host => "The hosts differ. A source covers the host that it names and no other.",
        Difference::Subdomain => "A source with *. covers the hosts below the name, and not the name itself.",
        Difference::Scheme => {
            "The schemes differ. Each of http, https, ws and wss is a permission of its own, but for upgrades to \
                               the encrypted one."
        }
        Difference::Port => "The ports differ. A source without a port covers the default one of its scheme only.",
        Difference::Path => "The paths differ. A path that ends in / covers what is below it, any other only itself.",
        _ => "",
    }
}

/// A policy, a directive to a line. `decides` is the name of the directive that decided.
pub(super) fn policy(policy: &str, decides: Option<&str>, says: &str, nearest: Option<&str>) -> Markup {
    let policy = visible(policy);
    let directives = policy.split(';').map(str::trim).filter(|directive| !directive.is_empty());
    html! {
        ul.policy.mono role="list" {
            @for directive in directives {
                @let name = directive.split(' ').next().unwrap_or_default();
                @let is_it = decides.is_some_and(|decides| decides.eq_ignore_ascii_case(name));
                li.decides[is_it] {
                    @if is_it { mark.directive { (name) } } @else { (name) }
                    @for source in directive[name.len()..].split(' ').filter(|source| !source.is_empty()) {
                        " " @if is_it && Some(source) == nearest { span.nearest title="the nearest source" { (source) } } @else { (source) }
                    }
                    @if is_it { span.says { (says) } }
                }
            }
        }
    }
}

/// A header as the empty list shows it.
pub(super) fn header(policy: &str) -> Markup {
    let policy: String = visible(policy);
    html! {
        code.header {
            @for directive in policy.split_inclusive(';') { span.directive-line { (directive.trim()) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_differs_is_marked() {
        for (blocked, source, difference, expected) in [
            (
                "https://stream.exmple.com/x",
                "https://stream.example.com",
                Difference::Host,
                [
                    "https://<mark class=\"part\">stream.exmple.com</mark>/x",
                    "https://<mark class=\"part\">stream.ex<b>a</b>mple.com</mark>",
                ],
            ),
            (
                "https://evil.test/",
                "https://a.example",
                Difference::Host,
                [
                    "https://<mark class=\"part\"><b>evil.test</b></mark>/",
                    "https://<mark class=\"part\"><b>a.example</b></mark>",
                ],
            ),
            (
                "https://example.com/",
                "https://*.example.com",
                Difference::Subdomain,
                [
                    "https://<mark class=\"part\">example.com</mark>/",
                    "https://<mark class=\"part\"><b>*.</b>example.com</mark>",
                ],
            ),
            (
                "wss://a.example/x",
                "https://a.example",
                Difference::Scheme,
                ["<mark class=\"part\">wss</mark>://a.example/x", "<mark class=\"part\">https</mark>://a.example"],
            ),
            (
                "https://a.example:8443/x",
                "https://a.example",
                Difference::Port,
                ["https://a.example<mark class=\"part\">:8443</mark>/x", "https://a.example"],
            ),
            (
                "http://[::1]:81/",
                "http://[::1]:80",
                Difference::Port,
                ["http://[::1]<mark class=\"part\">:81</mark>/", "http://[::1]<mark class=\"part\">:80</mark>"],
            ),
            (
                "https://a.example/v2/x",
                "https://a.example/v1/",
                Difference::Path,
                [
                    "https://a.example<mark class=\"part\">/v2/x</mark>",
                    "https://a.example<mark class=\"part\">/v1/</mark>",
                ],
            ),
            (
                "ftp://a.example/",
                "https:",
                Difference::Scheme,
                ["<mark class=\"part\">ftp</mark>://a.example/", "<mark class=\"part\">https:</mark>"],
            ),
            ("", "'self'", Difference::Host, ["", "<mark class=\"part\"><b>'self'</b></mark>"]),
            (
                "https://ä<b>.test/",
                "https://ö",
                Difference::Path,
                ["https://ä&lt;b&gt;.test<mark class=\"part\">/</mark>", "https://ö"],
            ),
        ] {
            let found = both(blocked, source, difference).map(maud::PreEscaped::into_string);
            assert_eq!(found, expected, "{blocked} {source}");
        }
    }
}
