use core::fmt;

use super::{PathPart, PortPart, SchemePart};
use crate::ascii;

/// A `host-source`: `[scheme://]host[:port][path]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostSource<'a> {
    pub(crate) scheme: Option<SchemePart<'a>>,
    pub(crate) host: HostPart<'a>,
    pub(crate) port: PortPart,
    pub(crate) path: PathPart<'a>,
}

impl<'a> HostSource<'a> {
    /// For the macros, which have checked the parts.
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(scheme: Option<SchemePart<'a>>, host: HostPart<'a>, port: PortPart, path: &'a str) -> Self {
        Self { scheme, host, port, path: PathPart::new(path) }
    }

    /// The scheme. Absent in `*`, and in a received `api.example.com`, where the page's scheme decides.
    #[must_use]
    pub const fn scheme(&self) -> Option<SchemePart<'a>> {
        self.scheme
    }

    /// The host, or the hosts.
    #[must_use]
    pub const fn host(&self) -> HostPart<'a> {
        self.host
    }

    /// The port, or the ports.
    #[must_use]
    pub const fn port(&self) -> PortPart {
        self.port
    }

    /// The path; empty for every path.
    #[must_use]
    pub const fn path(&self) -> PathPart<'a> {
        self.path
    }
}

/// A `host-part`. Hosts are equal but for case.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum HostPart<'a> {
    /// `api.example.com`: this host and no other.
    Exact(&'a str),
    /// `*.example.com`: every host below `example.com`, at any depth, and not `example.com` itself.
    Subdomains(&'a str),
    /// `*`: every host, IP addresses included.
    Any,
}

impl HostPart<'_> {
    /// Whether the host-part covers `host`
    /// ([CSP3, "host-part matches"](https://www.w3.org/TR/CSP3/#match-hosts)).
    ///
    /// Unlike in the specification's letter, and as in the browsers, an IPv4 address covers itself.
    #[must_use]
    pub const fn matches(self, host: &str) -> bool {
        let host = host.as_bytes();
        match self {
            Self::Any => true,
            Self::Exact(own) => ascii::eq_ignore_case(own.as_bytes(), host),
            Self::Subdomains(parent) => {
                let parent = parent.as_bytes();
                host.len() > parent.len()
                    && host[host.len() - parent.len() - 1] == b'.'
                    && ascii::ends_with_ignore_case(host, parent)
            }
        }
    }
}

impl PartialEq for HostPart<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, Self::Any) => true,
            (Self::Exact(left), Self::Exact(right)) | (Self::Subdomains(left), Self::Subdomains(right)) => {
                left.eq_ignore_ascii_case(right)
            }
            _ => false,
        }
    }
}

impl Eq for HostPart<'_> {}

impl fmt::Display for HostPart<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => out.write_str("*"),
            Self::Exact(host) => ascii::write_lowercase(out, host),
            Self::Subdomains(parent) => {
                out.write_str("*.")?;
                ascii::write_lowercase(out, parent)
            }
        }
    }
}

impl fmt::Display for HostSource<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(scheme) = self.scheme {
            write!(out, "{scheme}://")?;
        }
        write!(out, "{}{}{}", self.host, self.port, self.path)
    }
}
