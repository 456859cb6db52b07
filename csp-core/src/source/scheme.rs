use core::fmt;

use crate::ascii;

/// A scheme, without its colon: the `scheme-part` of a source, or the scheme of a URL.
///
/// Schemes are equal but for case. The four that a page's connections can have are variants of their own.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum SchemePart<'a> {
    /// `http`
    Http,
    /// `https`
    Https,
    /// `ws`
    Ws,
    /// `wss`
    Wss,
    /// Any other, such as `data`.
    Other(&'a str),
}

impl<'a> SchemePart<'a> {
    /// The scheme that `text` names, in any case. `text` is not checked against the grammar of schemes.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        if ascii::eq_ignore_case(bytes, b"https") {
            Self::Https
        } else if ascii::eq_ignore_case(bytes, b"wss") {
            Self::Wss
        } else if ascii::eq_ignore_case(bytes, b"http") {
            Self::Http
        } else if ascii::eq_ignore_case(bytes, b"ws") {
            Self::Ws
        } else {
            Self::Other(text)
        }
    }

    /// The scheme's text; lower case for the four schemes of connections.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Ws => "ws",
            Self::Wss => "wss",
            Self::Other(text) => text,
        }
    }

    /// The port that a URL of this scheme has where it names none.
    #[must_use]
    pub const fn default_port(self) -> Option<u16> {
        match self {
            Self::Http | Self::Ws => Some(80),
            Self::Https | Self::Wss => Some(443),
            Self::Other(_) => None,
        }
    }

    /// Whether this is `http`, `https`, `ws` or `wss`.
    #[must_use]
    pub const fn is_network(self) -> bool {
        !matches!(self, Self::Other(_))
    }

    /// Whether the two schemes are the same; `==` in const evaluation.
    #[must_use]
    pub const fn is(self, other: SchemePart<'_>) -> bool {
        ascii::eq_ignore_case(self.as_str().as_bytes(), other.as_str().as_bytes())
    }

    /// Whether text is a `scheme`: a letter, then letters, digits, `+`, `-` and `.`
    /// ([RFC 3986, 3.1](https://www.rfc-editor.org/rfc/rfc3986#section-3.1)).
    #[must_use]
    pub const fn is_valid(text: &str) -> bool {
        let bytes = text.as_bytes();
        if bytes.is_empty() || !bytes[0].is_ascii_alphabetic() {
            return false;
        }
        let mut index = 1;
        while index < bytes.len() {
            if !(bytes[index].is_ascii_alphanumeric() || matches!(bytes[index], b'+' | b'-' | b'.')) {
                return false;
            }
            index += 1;
        }
        true
    }
}

impl PartialEq for SchemePart<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.is(*other)
    }
}

impl Eq for SchemePart<'_> {}

impl fmt::Display for SchemePart<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        ascii::write_lowercase(out, self.as_str())
    }
}
