//! What to do about a URL that no source covers.

use csp_core::{SchemePart, Target};

/// What stands behind the advice to add a source that [needs an attribute](needs_attribute).
pub(crate) const ATTRIBUTE: &str = ", where it needs #[cfg(debug_assertions)] or #[insecure(reason = \"…\")]";

/// The same place by the encrypted scheme; `None` where the scheme is none of those for plain text.
pub(crate) const fn encrypted<'a>(target: &Target<'a>) -> Option<Target<'a>> {
    let scheme = match target.scheme() {
        SchemePart::Http => "https",
        SchemePart::Ws => "wss",
        _ => return None,
    };
    Some(Target::new(scheme, target.host(), target.port(), target.path()))
}

/// Whether a declaration refuses the target's origin without an attribute: it is plain text, or this machine.
pub(crate) const fn needs_attribute(target: &Target<'_>) -> bool {
    matches!(target.scheme(), SchemePart::Http | SchemePart::Ws) || is_loopback(target.host().as_bytes())
}

/// The path of a source that covers `path` and what is beside it: up to the last slash; at the root the path itself.
///
/// It ends before what a declaration refuses, an empty segment or an encoded separator; empty if nothing is left.
pub(crate) const fn directory(path: &str) -> &str {
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
pub(crate) const fn escape(byte: u8) -> Option<&'static str> {
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

/// `localhost` and what is below it, `127.0.0.0/8`, `0.0.0.0`; the host is canonical.
const fn is_loopback(host: &[u8]) -> bool {
    const NAME: &[u8] = b"localhost";

    if let Some(start) = host.len().checked_sub(NAME.len()) {
        let mut index = 0;
        while index < NAME.len() && host[start + index] == NAME[index] {
            index += 1;
        }
        if index == NAME.len() {
            return start == 0 || host[start - 1] == b'.';
        }
    }
    if !matches!(host, [b'1', b'2', b'7', b'.', ..] | b"0.0.0.0") {
        return false;
    }
    let mut index = 0;
    while index < host.len() {
        if !matches!(host[index], b'0'..=b'9' | b'.') {
            return false;
        }
        index += 1;
    }
    true
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
    fn plain_text_and_this_machine_need_an_attribute() {
        for (scheme, host, needed) in [
            ("https", "api.example.com", false),
            ("wss", "127.example.com", false),
            ("https", "notlocalhost", false),
            ("https", "localhost.example.com", false),
            ("http", "api.example.com", true),
            ("ws", "api.example.com", true),
            ("https", "localhost", true),
            ("https", "app.localhost", true),
            ("wss", "127.8.0.1", true),
            ("https", "0.0.0.0", true),
        ] {
            let target = Target::new(scheme, host, None, "/");
            assert_eq!(needs_attribute(&target), needed, "{scheme}://{host}");
            let source = std::format!("{scheme}://{host}");
            let declared = csp_core::SourceExpression::declare(&source).unwrap();
            assert_eq!(csp_core::needs_justification(&declared), needed, "{source}");
        }
    }
}
