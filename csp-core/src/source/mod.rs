//! Source expressions: the entries of a source list.
//!
//! The types follow the productions of the grammar one to one
//! ([CSP3, 2.3.1](https://www.w3.org/TR/CSP3/#framework-directive-source-list)). They borrow the text that they were
//! read from, and a value that exists is valid.

mod host;
mod keyword;
mod parse;
mod path;
mod port;
mod scheme;

use core::fmt;

pub use host::{HostPart, HostSource};
pub use keyword::{HashAlgorithm, HashSource, Keyword, NonceSource};
pub use parse::Tokens;
pub use path::PathPart;
pub(crate) use path::matches as path_matches;
pub use port::PortPart;
pub use scheme::SchemePart;

/// One entry of a source list: a `source-expression`.
///
/// [`SourceExpression::parse`] reads it as browsers do, [`SourceExpression::declare`] as strictly as a declaration is
/// read. [`Display`](fmt::Display) writes the canonical text, which parses back to the same value.
///
/// ```
/// use csp_core::{HostPart, SourceExpression};
///
/// let source = SourceExpression::declare("https://*.example.com:8443/v1/")?;
/// let SourceExpression::Host(host) = source else { unreachable!() };
/// assert_eq!(host.host(), HostPart::Subdomains("example.com"));
/// assert_eq!(source.to_string(), "https://*.example.com:8443/v1/");
/// # Ok::<(), csp_core::SourceError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SourceExpression<'a> {
    /// `https:`, a `scheme-source`: every URL of a scheme.
    Scheme(SchemePart<'a>),
    /// `https://api.example.com`, a `host-source`.
    Host(HostSource<'a>),
    /// `'self'` and its kin, a `keyword-source`.
    Keyword(Keyword),
    /// `'nonce-…'`, a `nonce-source`.
    Nonce(NonceSource<'a>),
    /// `'sha256-…'`, a `hash-source`.
    Hash(HashSource<'a>),
}

impl fmt::Display for SourceExpression<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme(scheme) => write!(out, "{scheme}:"),
            Self::Host(host) => host.fmt(out),
            Self::Keyword(keyword) => keyword.fmt(out),
            Self::Nonce(nonce) => nonce.fmt(out),
            Self::Hash(hash) => hash.fmt(out),
        }
    }
}
