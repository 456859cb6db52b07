use alloc::string::{String, ToString};
use core::fmt;

use crate::{SchemePart, Target};

/// An origin: scheme, host and port. What `'self'` stands for (`self-origin`).
///
/// ```
/// use csp_core::{Origin, Target};
///
/// let origin = Origin::of(&Target::canonical("https://shop.example.com:8443/cart").unwrap()).unwrap();
/// assert_eq!(origin.to_string(), "https://shop.example.com:8443");
/// assert_eq!(Origin::parse("https://shop.example.com:8443"), Some(origin));
/// assert_eq!(Origin::parse("https://shop.example.com/cart"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Origin {
    /// The origin of a URL; `None` where it has no host, so that its origin is opaque (`data:`, `file:`).
    #[must_use]
    pub fn of(target: &Target<'_>) -> Option<Self> {
        (!target.host.is_empty() && target.scheme.is_network()).then(|| Self {
            scheme: target.scheme.as_str().to_string(),
            host: target.host.to_ascii_lowercase(),
            port: target.port,
        })
    }

    /// The origin that a canonical text names, such as `https://shop.example.com` or `http://127.0.0.1:8080`.
    ///
    /// `None` where the text isn't canonical (see [`Target::canonical`]) or has a path other than `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let target = Target::canonical(text)?;
        if !matches!(target.path, "" | "/") || text.contains(['?', '#']) {
            return None;
        }
        Self::of(&target)
    }

    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> SchemePart<'_> {
        SchemePart::new(self.scheme.as_str())
    }

    /// The host; an IPv6 address has its brackets.
    #[must_use]
    pub const fn host(&self) -> &str {
        self.host.as_str()
    }

    /// The port, if it isn't the scheme's default.
    #[must_use]
    pub const fn port(&self) -> Option<u16> {
        self.port
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}", self.scheme, self.host)?;
        match self.port {
            Some(port) => write!(out, ":{port}"),
            None => Ok(()),
        }
    }
}
