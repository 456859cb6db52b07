//! One token of a source list as browsers read it. Runs in const evaluation, where refusals of `endpoint!` are written.

use super::{HashSource, HostPart, HostSource, Keyword, NonceSource, PathPart, PortPart, SchemePart, SourceExpression};

impl<'a> SourceExpression<'a> {
    /// Reads one token of a source list as browsers do; `None` where it matches nothing.
    #[must_use]
    pub const fn parse(token: &'a str) -> Option<Self> {
        let bytes = token.as_bytes();
        if let [b'\'', ..] = bytes {
            return parse_quoted(token);
        }
        let mut rest = token;
        let mut scheme = None;
        let position = find(bytes, b":/");
        if position < bytes.len() && bytes[position] == b':' {
            let (name, tail) = token.split_at(position);
            match tail.as_bytes() {
                [_] if SchemePart::is_valid(name) => return Some(Self::Scheme(SchemePart::new(name))),
                [_, b'/', b'/', ..] if SchemePart::is_valid(name) => {
                    rest = tail.split_at(3).1;
                    scheme = Some(SchemePart::new(name));
                }
                [_, b'/', ..] => return None,
                _ => {}
            }
        }
        let (host, rest) = rest.split_at(find(rest.as_bytes(), b":/"));
        let Some(host) = parse_host(host) else { return None };
        let (port, path) = match rest.as_bytes() {
            [b':', ..] => {
                let (port, path) = rest.split_at(find(rest.as_bytes(), b"/"));
                match parse_port(port.split_at(1).1) {
                    Some(port) => (port, path),
                    None => return None,
                }
            }
            _ => (PortPart::Default, rest),
        };
        let path = PathPart::new(path.split_at(find(path.as_bytes(), b"?#")).0);
        Some(Self::Host(HostSource { scheme, host, port, path }))
    }
}

const fn parse_quoted(token: &str) -> Option<SourceExpression<'_>> {
    let [_, .., b'\''] = token.as_bytes() else { return None };
    let name = token.split_at(token.len() - 1).0.split_at(1).1;
    if let Some(keyword) = Keyword::from_name(name) {
        return Some(SourceExpression::Keyword(keyword));
    }
    if let Some(nonce) = NonceSource::parse(name) {
        return Some(SourceExpression::Nonce(nonce));
    }
    match HashSource::parse(name) {
        Some(hash) => Some(SourceExpression::Hash(hash)),
        None => None,
    }
}

const fn parse_host(host: &str) -> Option<HostPart<'_>> {
    let (name, is_parent) = match host.as_bytes() {
        [b'*'] => return Some(HostPart::Any),
        [b'*', b'.', ..] => (host.split_at(2).1, true),
        _ => (host, false),
    };
    let bytes = name.as_bytes();
    let mut label = 0;
    let mut index = 0;
    while index < bytes.len() {
        match bytes[index] {
            b'.' if label == 0 => return None,
            b'.' => label = 0,
            b'-' => label += 1,
            byte if byte.is_ascii_alphanumeric() => label += 1,
            _ => return None,
        }
        index += 1;
    }
    // A dot at the end is a label that isn't there, which is allowed once.
    if bytes.is_empty() {
        return None;
    }
    Some(if is_parent { HostPart::Subdomains(name) } else { HostPart::Exact(name) })
}

const fn parse_port(port: &str) -> Option<PortPart> {
    let bytes = port.as_bytes();
    if let [b'*'] = bytes {
        return Some(PortPart::Any);
    }
    if bytes.is_empty() {
        return None;
    }
    let mut number = 0u16;
    let mut index = 0;
    while index < bytes.len() {
        if !bytes[index].is_ascii_digit() {
            return None;
        }
        // A larger number is no port: such a source matches nothing.
        let Some(tens) = number.checked_mul(10) else { return None };
        let Some(sum) = tens.checked_add((bytes[index] - b'0') as u16) else { return None };
        number = sum;
        index += 1;
    }
    Some(PortPart::Number(number))
}

/// The place of the first of these bytes, or the end.
const fn find(bytes: &[u8], any: &[u8]) -> usize {
    let mut index = 0;
    while index < bytes.len() {
        let mut choice = 0;
        while choice < any.len() {
            if bytes[index] == any[choice] {
                return index;
            }
            choice += 1;
        }
        index += 1;
    }
    index
}

/// The tokens of a source list in its canonical text, one after another.
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// The tokens of `list`, which single blanks separate.
    #[must_use]
    pub const fn new(list: &'a str) -> Self {
        Self { rest: list }
    }

    /// The next token: `Iterator::next` in const evaluation.
    pub const fn next_token(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let bytes = self.rest.as_bytes();
        let mut end = 0;
        while end < bytes.len() && bytes[end] != b' ' {
            end += 1;
        }
        let (token, rest) = self.rest.split_at(end);
        self.rest = if rest.is_empty() { rest } else { rest.split_at(1).1 };
        Some(token)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.next_token()
    }
}
