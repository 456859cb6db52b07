//! The rules that a client needs beside the browsers' matching.

use crate::{AddressKind, Request, SourceExpression, Target, address_of_host, difference};

/// Why a guard refuses a connection, as far as the URL decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// The host is an address that no client should connect to, whatever is declared.
    Address(AddressKind),
    /// The URL carries a user name or a password.
    Credentials,
    /// A source with a path covers the URL, but the path has an encoded separator, which servers read in different ways.
    HiddenSeparator,
    /// No source covers the URL.
    NoSourceMatched,
}

/// The first source that covers the request and may be trusted to.
///
/// Unlike browsers, which leave paths out after a redirect, a guard compares them on every hop: don't mark the request
/// as redirected.
///
/// ```
/// use csp_core::{Refusal, Request, SourceExpression, Target, admit};
///
/// let sources = [SourceExpression::declare("https://api.example.com/v1/")?];
/// let admit = |url| admit(&sources, &Request::new(Target::canonical(url).unwrap()));
/// assert_eq!(admit("https://api.example.com/v1/users"), Ok(0));
/// assert_eq!(admit("https://api.example.com/v2/users"), Err(Refusal::NoSourceMatched));
/// // Some servers decode it, and look outside of `/v1/`.
/// assert_eq!(admit("https://api.example.com/v1/..%2fadmin"), Err(Refusal::HiddenSeparator));
/// # Ok::<(), csp_core::SourceError>(())
/// ```
///
/// # Errors
///
/// If no source covers the request, or none that may be trusted to.
pub const fn admit(sources: &[SourceExpression<'_>], request: &Request<'_>) -> Result<usize, Refusal> {
    let hidden = hides_separator(request.target.path.as_bytes());
    let mut refusal = Refusal::NoSourceMatched;
    let mut index = 0;
    while index < sources.len() {
        if difference(&sources[index], request).is_none() {
            if !hidden || !has_path(&sources[index]) {
                return Ok(index);
            }
            refusal = Refusal::HiddenSeparator;
        }
        index += 1;
    }
    Err(refusal)
}

/// As [`admit`], of a parsed URL: one that carries credentials is refused before anything else, and so is an address
/// that [a guard always refuses](AddressKind::is_always_refused).
///
/// Without an origin of its own, `'self'` and scheme-less sources cover nothing.
///
/// ```
/// use csp_core::{AddressKind, Refusal, SourceExpression, admit_url};
///
/// let sources = ["https://api.example.com", "http://*:*"].map(SourceExpression::parse).map(Option::unwrap);
/// let admit = |url: &str| admit_url(&sources, &url.parse().unwrap(), None);
/// assert_eq!(admit("HTTPS://API.EXAMPLE.COM:443/v1"), Ok(0));
/// assert_eq!(admit("https://user:password@api.example.com/"), Err(Refusal::Credentials));
/// assert_eq!(admit("http://169.254.169.254/latest/"), Err(Refusal::Address(AddressKind::Metadata)));
/// ```
///
/// # Errors
///
/// If the URL carries credentials, if no source covers it, or none that may be trusted to, or if its host is an address
/// that is always refused.
#[cfg(feature = "url")]
pub fn admit_url(
    sources: &[SourceExpression<'_>],
    url: &url::Url,
    self_origin: Option<&crate::Origin>,
) -> Result<usize, Refusal> {
    if has_credentials(url) {
        return Err(Refusal::Credentials);
    }
    let request = Request::new(url.into());
    let source = admit(sources, &self_origin.map_or(request, |origin| request.from_origin(origin)))?;
    match refused_address(&request.target) {
        Some(kind) => Err(Refusal::Address(kind)),
        None => Ok(source),
    }
}

/// The kind of a host that is an address, if a guard refuses it whatever is declared. It never looks at a name.
#[must_use]
pub fn refused_address(target: &Target<'_>) -> Option<AddressKind> {
    address_of_host(target.host).map(AddressKind::of).filter(|kind| kind.is_always_refused())
}

/// Whether a URL carries a user name or a password, which a guard refuses.
#[cfg(feature = "url")]
#[must_use]
pub fn has_credentials(url: &url::Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

pub(crate) const fn has_path(source: &SourceExpression<'_>) -> bool {
    match source {
        SourceExpression::Host(host) => host.path().as_str().len() > 1,
        _ => false,
    }
}

/// Whether some servers see a separator or a dot segment in the path where a URL parser sees none: `%2f`, `%5c`, `\`,
/// encoded dots, and `..;` as Java's containers read it.
pub(crate) const fn hides_separator(path: &[u8]) -> bool {
    let mut position = 0;
    while position < path.len() {
        let rest = path.split_at(position).1;
        // `%25` before one of these is decoded to it by servers that decode twice.
        if let [b'\\', ..]
        | [b'.', b'.', b';', ..]
        | [b'%', b'2', b'f' | b'F' | b'e' | b'E', ..]
        | [b'%', b'5', b'c' | b'C', ..]
        | [b'%', b'2', b'5', b'2', b'f' | b'F' | b'e' | b'E', ..]
        | [b'%', b'2', b'5', b'5', b'c' | b'C', ..] = rest
        {
            return true;
        }
        position += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_separators_are_seen() {
        for path in ["/a%2fb", "/%2F", "/%5c", "/%2e%2e/", "/a/..;/b", "/%252f", "/a\\b"] {
            assert!(hides_separator(path.as_bytes()), "{path}");
        }
        for path in ["/", "/a/b", "/a%20b", "/a..b;c", "/%25", "/%2"] {
            assert!(!hides_separator(path.as_bytes()), "{path}");
        }
    }
}
