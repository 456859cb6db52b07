use core::fmt;

use crate::SchemePart;

/// The parts of a URL that a policy looks at.
///
/// The core has no URL parser. A `Target` is made of the parts that a URL parser found, or by [`Target::canonical`] of
/// text that every parser reads alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target<'a> {
    pub(crate) scheme: SchemePart<'a>,
    pub(crate) host: &'a str,
    pub(crate) port: Option<u16>,
    pub(crate) path: &'a str,
}

impl<'a> Target<'a> {
    /// A target of the parts of a parsed URL, as the [URL Standard](https://url.spec.whatwg.org/) serializes them: the
    /// scheme without its colon, the host in its canonical ASCII form (an IPv6 address in brackets, empty where there
    /// is none), the port where one is given, and the path with its percent-encoding.
    #[must_use]
    pub const fn new(scheme: &'a str, host: &'a str, port: Option<u16>, path: &'a str) -> Self {
        let scheme = SchemePart::new(scheme);
        Self { scheme, host, port: explicit_port(scheme, port), path }
    }

    /// Reads a URL that is canonical already, and so needs no URL parser.
    ///
    /// Canonical is: one of the four schemes of connections in lower case and `://`; a host of `a-z 0-9 . -` that is a
    /// name or a dotted-quad IPv4 address; `:` and a port of 1 to 65535 without a leading zero; a path of printable
    /// ASCII without backslash and dot segments, whose percent signs each begin an escape. Query and fragment are left
    /// out. `None` says only that the text is not of this kind: a URL parser must look at it.
    ///
    /// ```
    /// use csp_core::Target;
    ///
    /// let target = Target::canonical("wss://ws.example.com:8443/feed?from=1").unwrap();
    /// assert_eq!((target.host(), target.port(), target.path()), ("ws.example.com", Some(8443), "/feed"));
    /// assert_eq!(Target::canonical("https:\\\\ws.example.com"), None);
    /// assert_eq!(Target::canonical("https://127.1/"), None);
    /// ```
    #[must_use]
    pub const fn canonical(url: &'a str) -> Option<Self> {
        let bytes = url.as_bytes();
        let (scheme, start) = match bytes {
            [b'h', b't', b't', b'p', b's', b':', b'/', b'/', ..] => (SchemePart::Https, 8),
            [b'h', b't', b't', b'p', b':', b'/', b'/', ..] => (SchemePart::Http, 7),
            [b'w', b's', b's', b':', b'/', b'/', ..] => (SchemePart::Wss, 6),
            [b'w', b's', b':', b'/', b'/', ..] => (SchemePart::Ws, 5),
            _ => return None,
        };
        let host_end = scan_host(bytes, start);
        if !is_canonical_host(bytes, start, host_end) {
            return None;
        }
        let mut position = host_end;
        let mut port = None;
        if position < bytes.len() && bytes[position] == b':' {
            let mut number = 0u16;
            position += 1;
            let digits = position;
            while position < bytes.len() && bytes[position].is_ascii_digit() {
                let Some(tens) = number.checked_mul(10) else { return None };
                let Some(sum) = tens.checked_add((bytes[position] - b'0') as u16) else { return None };
                number = sum;
                position += 1;
            }
            if digits == position || bytes[digits] == b'0' {
                return None;
            }
            port = Some(number);
        }
        let path_start = position;
        if position < bytes.len() && !matches!(bytes[position], b'/' | b'?' | b'#') {
            return None;
        }
        position = query_start(bytes, position);
        if !is_canonical_path(bytes, path_start, position) || !is_plain(bytes, position) {
            return None;
        }
        Some(Self {
            scheme,
            host: url.split_at(host_end).0.split_at(start).1,
            port: explicit_port(scheme, port),
            path: url.split_at(position).0.split_at(path_start).1,
        })
    }

    /// The scheme.
    #[must_use]
    pub const fn scheme(&self) -> SchemePart<'a> {
        self.scheme
    }

    /// The host; empty where the URL has none.
    #[must_use]
    pub const fn host(&self) -> &'a str {
        self.host
    }

    /// The port, where it is another than the scheme's default.
    #[must_use]
    pub const fn port(&self) -> Option<u16> {
        self.port
    }

    /// The port that a connection goes to: the given one or the scheme's default.
    #[must_use]
    pub const fn effective_port(&self) -> Option<u16> {
        match self.port {
            Some(port) => Some(port),
            None => self.scheme.default_port(),
        }
    }

    /// The path, percent-encoded.
    #[must_use]
    pub const fn path(&self) -> &'a str {
        self.path
    }
}

#[cfg(feature = "url")]
impl<'a> From<&'a url::Url> for Target<'a> {
    fn from(url: &'a url::Url) -> Self {
        Self::new(url.scheme(), url.host_str().unwrap_or_default(), url.port(), url.path())
    }
}

/// Writes scheme, host, port and path; no query, no fragment, no credentials.
impl fmt::Display for Target<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:", self.scheme)?;
        if !self.host.is_empty() {
            write!(out, "//{}", self.host)?;
            if let Some(port) = self.port {
                write!(out, ":{port}")?;
            }
        }
        out.write_str(self.path)
    }
}

/// As the URL Standard has it, a default port is no port.
pub(crate) const fn explicit_port(scheme: SchemePart<'_>, port: Option<u16>) -> Option<u16> {
    match (port, scheme.default_port()) {
        (Some(port), Some(default)) if port == default => None,
        _ => port,
    }
}

const fn scan_host(bytes: &[u8], start: usize) -> usize {
    let mut position = start;
    while position < bytes.len() && matches!(bytes[position], b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-') {
        position += 1;
    }
    position
}

/// A name whose last label starts with a letter, without `--` (which may be punycode that a URL parser refuses), or a
/// dotted quad; no longer than a name can be.
const fn is_canonical_host(bytes: &[u8], start: usize, end: usize) -> bool {
    if start == end || end - start > 253 || bytes[start] == b'.' {
        return false;
    }
    let mut label = start;
    let mut position = start;
    while position < end {
        match bytes[position] {
            b'.' if position == label => return false,
            b'.' => label = position + 1,
            b'-' if position + 1 < end && bytes[position + 1] == b'-' => return false,
            _ => {}
        }
        position += 1;
    }
    if label == end {
        return false;
    }
    !bytes[label].is_ascii_digit() || is_canonical_ipv4(bytes.split_at(end).0.split_at(start).1)
}

/// Four decimal numbers up to 255 without leading zeros.
pub(crate) const fn is_canonical_ipv4(host: &[u8]) -> bool {
    let mut parts = 0;
    let mut position = 0;
    while position < host.len() {
        let start = position;
        let mut number = 0u32;
        while position < host.len() && host[position].is_ascii_digit() {
            number = number * 10 + (host[position] - b'0') as u32;
            if number > 255 {
                return false;
            }
            position += 1;
        }
        let length = position - start;
        if length == 0 || (length > 1 && host[start] == b'0') {
            return false;
        }
        parts += 1;
        if position == host.len() {
            return parts == 4;
        }
        if host[position] != b'.' || parts == 4 {
            return false;
        }
        position += 1;
    }
    false
}

/// Where the path ends that begins at `start`.
pub(crate) const fn query_start(bytes: &[u8], start: usize) -> usize {
    let mut position = start;
    while position < bytes.len() && !matches!(bytes[position], b'?' | b'#') {
        position += 1;
    }
    position
}

/// Whether no URL parser changes the path: only characters that stay as they are, escapes that are escapes, and no
/// segment that is removed (`.`, `..` and their encoded spellings).
pub(crate) const fn is_canonical_path(bytes: &[u8], start: usize, end: usize) -> bool {
    let mut position = start;
    let mut segment = start;
    while position <= end {
        if position == end || bytes[position] == b'/' {
            if is_dot_segment(bytes, segment, position) {
                return false;
            }
            segment = position + 1;
            position += 1;
            continue;
        }
        match bytes[position] {
            b'%' => {
                let escape = position + 2 < end
                    && bytes[position + 1].is_ascii_hexdigit()
                    && bytes[position + 2].is_ascii_hexdigit();
                if !escape {
                    return false;
                }
            }
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'!'
            | b'$'
            | b'&'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
            | b':'
            | b'@' => {}
            _ => return false,
        }
        position += 1;
    }
    true
}

const fn is_dot_segment(bytes: &[u8], start: usize, end: usize) -> bool {
    let mut position = start;
    let mut dots = 0;
    while position < end {
        if bytes[position] == b'.' {
            position += 1;
        } else if position + 2 < end
            && bytes[position] == b'%'
            && bytes[position + 1] == b'2'
            && matches!(bytes[position + 2], b'e' | b'E')
        {
            position += 3;
        } else {
            return false;
        }
        dots += 1;
    }
    dots == 1 || dots == 2
}

/// Whether the rest, query and fragment, is printable ASCII.
const fn is_plain(bytes: &[u8], start: usize) -> bool {
    let mut position = start;
    while position < bytes.len() {
        if !matches!(bytes[position], b'!'..=b'~') {
            return false;
        }
        position += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_text_is_read() {
        for (url, expected) in [
            ("https://api.example.com", Some(("api.example.com", None, ""))),
            ("http://localhost:3000/?a#b", Some(("localhost", Some(3000), "/"))),
            ("ws://127.0.0.1:80/x", Some(("127.0.0.1", None, "/x"))),
            ("wss://a-b.example?x", Some(("a-b.example", None, ""))),
            ("https://a.example/%2f//a.b/...", Some(("a.example", None, "/%2f//a.b/..."))),
            ("HTTPS://a.example", None),
            ("https:/a.example", None),
            ("https:///a.example", None),
            ("https://", None),
            ("https://A.example", None),
            ("https://a.example.", None),
            ("https://.a.example", None),
            ("https://a..example", None),
            ("https://xn--a.example", None),
            ("https://user@a.example", None),
            ("https://a.example:0", None),
            ("https://a.example:080", None),
            ("https://a.example:65536", None),
            ("https://a.example:", None),
            ("https://a.example:4a", None),
            ("https://a.example\\@b.example", None),
            ("https://a.example/a\\b", None),
            ("https://a.example/a b", None),
            ("https://a.example/\t", None),
            ("https://a.example/..", None),
            ("https://a.example/%2E./x", None),
            ("https://a.example/x/.", None),
            ("https://a.example/%zz", None),
            ("https://a.example/\u{e9}", None),
            ("https://a.example?\u{e9}", None),
            ("https://a.example#\n", None),
            ("https://127.1", None),
            ("https://0x7f.1", None),
            ("https://256.0.0.1", None),
            ("https://1.2.3.4.5", None),
            ("https://01.2.3.4", None),
            ("https://a.1", None),
            ("https://[::1]", None),
            ("ftp://a.example", None),
            ("", None),
        ] {
            let found = Target::canonical(url).map(|target| (target.host, target.port, target.path));
            assert_eq!(found, expected, "{url}");
        }
    }
}
