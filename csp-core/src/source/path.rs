use core::fmt;

use crate::ascii;

/// A `path-part`: a `path-absolute`, or nothing.
///
/// Nothing covers every path, a trailing `/` everything below, anything else exactly that path. Query and fragment
/// never take part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathPart<'a>(&'a str);

impl<'a> PathPart<'a> {
    /// No path: every path is covered.
    pub const EMPTY: Self = Self("");

    /// `text` is empty or starts with `/`; the parsers see to it.
    pub(crate) const fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// The text as written, percent-encoding included.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.0
    }

    /// Whether there is no path.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Whether the path-part covers the path of a URL
    /// ([CSP3, "path-part matches"](https://www.w3.org/TR/CSP3/#match-paths)).
    ///
    /// As in browsers, and unlike in the specification's letter, both sides are percent-decoded whole before they are
    /// compared, so that `%2F` is a slash.
    #[must_use]
    pub const fn matches(self, path: &str) -> bool {
        matches(self.0.as_bytes(), path.as_bytes())
    }
}

/// [`PathPart::matches`], of bytes.
pub(crate) const fn matches(own: &[u8], path: &[u8]) -> bool {
    let path = if path.is_empty() { b"/" } else { path };
    let mut index = 0;
    // What is neither encoded nor to be decoded is compared as it stands.
    while index < own.len() && index < path.len() {
        let (expected, found) = (own[index], path[index]);
        if expected == b'%' || found == b'%' || !expected.is_ascii() || !found.is_ascii() {
            return matches_decoded(own, path);
        }
        if expected != found {
            return false;
        }
        index += 1;
    }
    index == own.len() && (index == 0 || own[index - 1] == b'/' || index == path.len())
}

const fn matches_decoded(own: &[u8], path: &[u8]) -> bool {
    let mut own = Decoded::new(own);
    let mut other = Decoded::new(path);
    let mut last = 0;
    loop {
        match own.next() {
            None => return last == '/' as u32 || other.next().is_none(),
            Some(expected) => {
                match other.next() {
                    Some(found) if found == expected => {}
                    _ => return false,
                }
                last = expected;
            }
        }
    }
}

impl fmt::Display for PathPart<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

/// The characters of a percent-decoded path: UTF-8 if all of it is, else one character a byte.
struct Decoded<'a> {
    bytes: &'a [u8],
    position: usize,
    utf8: bool,
}

impl<'a> Decoded<'a> {
    const fn new(bytes: &'a [u8]) -> Self {
        let mut probe = Self { bytes, position: 0, utf8: true };
        let mut utf8 = true;
        while probe.position < probe.bytes.len() {
            if probe.next_utf8().is_none() {
                utf8 = false;
                break;
            }
        }
        Self { bytes, position: 0, utf8 }
    }

    const fn next(&mut self) -> Option<u32> {
        if self.utf8 {
            return self.next_utf8();
        }
        match self.next_byte() {
            Some(byte) => Some(byte as u32),
            None => None,
        }
    }

    const fn next_byte(&mut self) -> Option<u8> {
        if self.position >= self.bytes.len() {
            return None;
        }
        let byte = self.bytes[self.position];
        if byte == b'%' && self.position + 2 < self.bytes.len() {
            let high = ascii::hex_value(self.bytes[self.position + 1]);
            let low = ascii::hex_value(self.bytes[self.position + 2]);
            if let (Some(high), Some(low)) = (high, low) {
                self.position += 3;
                return Some(high * 16 + low);
            }
        }
        self.position += 1;
        Some(byte)
    }

    /// The next character, `None` at the end and where the bytes are not UTF-8.
    const fn next_utf8(&mut self) -> Option<u32> {
        let Some(first) = self.next_byte() else { return None };
        let (mut rest, least, mut code) = match first {
            0x00..=0x7f => return Some(first as u32),
            0xc2..=0xdf => (1, 0x80, (first & 0x1f) as u32),
            0xe0..=0xef => (2, 0x800, (first & 0x0f) as u32),
            0xf0..=0xf4 => (3, 0x1_0000, (first & 0x07) as u32),
            _ => return None,
        };
        while rest > 0 {
            match self.next_byte() {
                Some(byte @ 0x80..=0xbf) => code = code << 6 | (byte & 0x3f) as u32,
                _ => return None,
            }
            rest -= 1;
        }
        if code < least || code > 0x10_ffff || matches!(code, 0xd800..=0xdfff) {
            return None;
        }
        Some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_match_as_in_browsers() {
        for (source, path, expected) in [
            ("", "/any/thing", true),
            ("/", "", true),
            ("/", "/x", true),
            ("/v1", "/v1", true),
            ("/v1", "/v1/", false),
            ("/v1", "/v12", false),
            ("/v1/", "/v1", false),
            ("/v1/", "/v1/users", true),
            ("/V1/", "/v1/users", false),
            ("/a%2Fb", "/a/b", true),
            ("/a/b", "/a%2fb", true),
            ("/a%2F", "/a/b", true),
            ("/%41", "/A", true),
            ("/%zz", "/%zz", true),
            ("/%4", "/%4", true),
            ("/%C3%A9", "/\u{e9}", true),
            // Not UTF-8, so every byte is a character: e9 is the character that C3 A9 encodes.
            ("/%E9", "/%C3%A9", true),
            ("/%E9", "/%e9", true),
            // The broken byte at the end makes the whole path one byte a character.
            ("/%C3%A9/", "/%C3%A9/%FF", false),
            ("/%ED%A0%80", "/%ED%A0%80", true),
        ] {
            assert_eq!(PathPart::new(source).matches(path), expected, "{source} for {path}");
        }
    }
}
