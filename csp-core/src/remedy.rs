//! What to do about a URL that no source covers.
//!
//! Everyone who gives advice asks here: guards and literals that are refused, the panel, the commands.

use alloc::format;
use alloc::string::String;

use crate::nearest::{is_near, nearest_in};
use crate::{
    ConstText, Difference, HostPart, HostSource, PathPart, PortPart, Request, SchemePart, SourceExpression, Target,
    needs_justification,
};

/// What to do about a request that no source of a list covers: whatever opens least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remedy<'a> {
    /// To call it by the encrypted scheme: the list covers that, or would but for the path.
    Encrypt(Target<'a>),
    /// To add a source.
    Add(SuggestedSource<'a>),
}

impl<'a> Remedy<'a> {
    /// What to do about a request that no source of `list` covers, a list in its canonical text.
    ///
    /// The source to add is the URL's origin, so that what is declared are services. Where some paths of that origin are
    /// covered already, and so only the path differs, it is the URL's directory: neither every path of the host, nor one
    /// resource alone. For a request that is covered
    /// the answer means nothing.
    ///
    /// ```
    /// use csp_core::{Remedy, Request, Target};
    ///
    /// let source = |url| match Remedy::find("https://api.example.com/v1/", &Request::new(Target::canonical(url)?)) {
    ///     Remedy::Add(source) => source.declared(),
    ///     _ => None,
    /// };
    /// assert_eq!(source("https://api.example.com/v2/users/7").as_deref(), Some("https://api.example.com/v2/users/"));
    /// assert_eq!(source("https://stream.example.com/v2/news").as_deref(), Some("https://stream.example.com"));
    ///
    /// let plain = Target::canonical("http://api.example.com/v1/users").unwrap();
    /// let encrypted = Target::canonical("https://api.example.com/v1/users").unwrap();
    /// let found = Remedy::find("https://api.example.com/v1/", &Request::new(plain));
    /// assert_eq!(found, Remedy::Encrypt(encrypted));
    /// ```
    #[must_use]
    pub const fn find(list: &str, request: &Request<'a>) -> Self {
        let target = &request.target;
        // Then the scheme is declared as it is.
        if let Some((_, Difference::Path)) = nearest_in(list, request) {
            return Self::Add(SuggestedSource { path: directory(target.path), ..SuggestedSource::of_origin(target) });
        }
        if let Some(encrypted) = encrypted(target)
            && is_near(list, &Request { target: encrypted, ..*request })
        {
            return Self::Encrypt(encrypted);
        }
        Self::Add(SuggestedSource::of_origin(target))
    }
}

/// A source that would cover a URL, made of parts of the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuggestedSource<'a> {
    scheme: SchemePart<'a>,
    host: &'a str,
    port: Option<u16>,
    /// As in the URL.
    path: &'a str,
}

impl<'a> SuggestedSource<'a> {
    /// The source that covers a URL's whole origin.
    #[must_use]
    pub const fn of_origin(target: &Target<'a>) -> Self {
        Self { scheme: target.scheme, host: target.host, port: target.port, path: "" }
    }

    /// The source, if it may be suggested: not for addresses, which people should not be led to allow, nor for a host with
    /// an asterisk, which a URL may have and which would allow more, nor for what a declaration refuses.
    #[must_use]
    pub fn declared(&self) -> Option<String> {
        let source = ConstText::collect(|out| self.write(out));
        let is_name = self.host.rsplit('.').next()?.starts_with(|first: char| first.is_ascii_alphabetic());
        (is_name && !self.host.contains('*') && SourceExpression::declare(&source).is_ok()).then_some(source)
    }

    /// Whether a declaration refuses the source without `#[cfg(…)]` or `#[insecure(reason = "…")]`: see
    /// [`needs_justification`].
    #[must_use]
    pub const fn needs_attribute(&self) -> bool {
        let (host, port) = (HostPart::Exact(self.host), PortPart::Default);
        let source = HostSource { scheme: Some(self.scheme), host, port, path: PathPart::EMPTY };
        needs_justification(&SourceExpression::Host(source))
    }

    /// Writes the source, whether it may be suggested or not.
    #[doc(hidden)]
    pub const fn write(&self, out: &mut ConstText<'_>) {
        out.push(self.scheme.as_str());
        out.push("://");
        out.push(self.host);
        if let Some(port) = self.port {
            out.push(":");
            out.push_number(port as u32);
        }
        let (mut rest, mut position) = (self.path, 0);
        while position < rest.len() {
            match escape(rest.as_bytes()[position]) {
                Some(escape) => {
                    out.push(rest.split_at(position).0);
                    out.push(escape);
                    (rest, position) = (rest.split_at(position + 1).1, 0);
                }
                None => position += 1,
            }
        }
        out.push(rest);
    }
}

/// The source that would cover the whole origin of a URL that none covers, if it [may be
/// suggested](SuggestedSource::declared). [`Remedy::find`] says whether less will do.
///
/// ```
/// use csp_core::{Target, suggested_source};
///
/// let target = Target::canonical("wss://ws.example.com:8443/feed").unwrap();
/// assert_eq!(suggested_source(&target).as_deref(), Some("wss://ws.example.com:8443"));
/// let target = Target::canonical("http://169.254.169.254/").unwrap();
/// assert_eq!(suggested_source(&target), None);
/// ```
#[must_use]
pub fn suggested_source(target: &Target<'_>) -> Option<String> {
    SuggestedSource::of_origin(target).declared()
}

/// The line of a declaration that adds a source: with a `#[cfg]` where the declaration would refuse it without.
///
/// ```
/// use csp_core::suggested_entry;
///
/// assert_eq!(suggested_entry("https://api.example.com"), "\"https://api.example.com\",");
/// assert_eq!(suggested_entry("http://localhost:3000"), "#[cfg(debug_assertions)] \"http://localhost:3000\",");
/// ```
#[must_use]
pub fn suggested_entry(source: &str) -> String {
    let is_risky = SourceExpression::declare(source).is_ok_and(|source| needs_justification(&source));
    if is_risky { format!("#[cfg(debug_assertions)] \"{source}\",") } else { format!("\"{source}\",") }
}

/// The same place by the encrypted scheme; `None` where the scheme is none of those for plain text.
const fn encrypted<'a>(target: &Target<'a>) -> Option<Target<'a>> {
    let scheme = match target.scheme {
        SchemePart::Http => "https",
        SchemePart::Ws => "wss",
        _ => return None,
    };
    Some(Target::new(scheme, target.host, target.port, target.path))
}

/// The path of a source that covers `path` and what is beside it: up to the last slash; at the root the path itself, lest
/// it be every path.
///
/// It ends before what a declaration refuses, an empty segment or an encoded separator; empty if nothing is left.
const fn directory(path: &str) -> &str {
    let bytes = path.as_bytes();
    let mut end = 0;
    let mut position = 0;
    while position < bytes.len() {
        match bytes.split_at(position).1 {
            [b'/', b'/', ..] | [b'%', b'2', b'f' | b'F', ..] | [b'%', b'5', b'c' | b'C', ..] | [b'\\', ..] => break,
            [b'/', ..] => end = position + 1,
            _ => {}
        }
        position += 1;
    }
    match (end > 1, position == bytes.len()) {
        (true, _) => path.split_at(end).0,
        (false, true) => path,
        (false, false) => "",
    }
}

/// How a source writes a byte of a URL's path that separates sources, directives and policies, or that its grammar lacks.
const fn escape(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'"' => "%22",
        b',' => "%2C",
        b';' => "%3B",
        b'<' => "%3C",
        b'>' => "%3E",
        b'[' => "%5B",
        b']' => "%5D",
        b'^' => "%5E",
        b'`' => "%60",
        b'{' => "%7B",
        b'|' => "%7C",
        b'}' => "%7D",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_admitted_paths() {
        for (path, expected) in [
            ("", ""),
            ("/", "/"),
            ("/v2", "/v2"),
            ("/v2/", "/v2/"),
            ("/v2/users", "/v2/"),
            ("/v2/users/", "/v2/users/"),
            ("/v2//users", ""),
            ("/v2/x//users", "/v2/"),
            ("/a%2Fb", ""),
            ("/v2/a%5cb/c", "/v2/"),
            ("//v2", ""),
        ] {
            assert_eq!(directory(path), expected, "{path}");
        }
    }

    #[test]
    fn what_separates_is_escaped() {
        let written = |path| {
            let source =
                SuggestedSource { path, ..SuggestedSource::of_origin(&Target::new("https", "a.b", None, path)) };
            ConstText::collect(|out| source.write(out))
        };
        for (path, expected) in [
            ("/a;b,c/", "https://a.b/a%3Bb%2Cc/"),
            (";;", "https://a.b%3B%3B"),
            ("/x|", "https://a.b/x%7C"),
            ("/caf\u{e9};/", "https://a.b/caf\u{e9}%3B/"),
        ] {
            assert_eq!(written(path), expected, "{path}");
        }
    }

    #[test]
    fn plain_text_and_this_machine_need_an_attribute() {
        for (scheme, host, needed) in [
            ("https", "api.example.com", false),
            ("wss", "127.example.com", false),
            ("wss", "127.0.example.com", false),
            ("https", "notlocalhost", false),
            ("https", "localhost.example.com", false),
            ("http", "api.example.com", true),
            ("ws", "api.example.com", true),
            ("https", "localhost", true),
            ("https", "app.localhost", true),
            ("wss", "127.8.0.1", true),
            ("https", "0.0.0.0", true),
        ] {
            let source = SuggestedSource::of_origin(&Target::new(scheme, host, None, "/"));
            assert_eq!(source.needs_attribute(), needed, "{scheme}://{host}");
            let source = format!("{scheme}://{host}");
            let declared = SourceExpression::declare(&source).unwrap();
            assert_eq!(needs_justification(&declared), needed, "{source}");
        }
    }
}
