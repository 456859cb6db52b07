//! What stands around the host of a URL in its usual spelling.

#![expect(clippy::inline_always, reason = "one decision is one function, without calls")]

use super::path::Path;
use super::record::mask_bit;
use super::word::low_bytes;
use super::{DEFAULT_PORT, host};
use crate::SchemePart;

/// A URL in its usual spelling, cut into pieces. Whether the host and the path are usual too is up to who looks at them.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct UsualUrl<'u> {
    /// What the masks are asked for.
    pub(super) bit: u32,
    pub(super) host: &'u [u8],
    pub(super) hash: u64,
    /// [`DEFAULT_PORT`] where it is the scheme's.
    pub(super) port: u32,
    /// What follows the authority.
    pub(super) tail: &'u [u8],
}

impl<'u> UsualUrl<'u> {
    /// Cuts a URL.
    #[inline(always)]
    #[must_use]
    pub const fn read(url: &'u str) -> Option<Self> {
        let Some((scheme, rest)) = scheme(url.as_bytes()) else { return None };
        let (length, hash) = host::scan(rest);
        let (host, tail) = rest.split_at(length);
        if matches!(tail, [b'/', ..]) || is_tail(tail) {
            return Some(Self { bit: mask_bit(scheme, DEFAULT_PORT), host, hash, port: DEFAULT_PORT, tail });
        }
        let Some((port, tail)) = port(tail, scheme) else { return None };
        Some(Self { bit: mask_bit(scheme, port), host, hash, port, tail })
    }

    /// The parts of a URL that a parser has cut and left as they were.
    #[must_use]
    pub const fn of_parts(scheme: &str, authority: &'u str, path: &'u str) -> Option<Self> {
        let Some(scheme) = scheme_named(scheme) else { return None };
        let (length, hash) = host::scan(authority.as_bytes());
        let (host, tail) = authority.as_bytes().split_at(length);
        let tail_and_port = if tail.is_empty() { Some((DEFAULT_PORT, tail)) } else { port(tail, scheme) };
        let path = path.as_bytes();
        match (tail_and_port, Path::scan(path)) {
            (Some((port, [])), Some(whole)) if whole.bytes.len() == path.len() => {
                Some(Self { bit: mask_bit(scheme, port), host, hash, port, tail: path })
            }
            _ => None,
        }
    }
}

/// The number of a scheme in the masks.
pub(super) const fn scheme_number(scheme: SchemePart<'_>) -> Option<u32> {
    match scheme {
        SchemePart::Http => Some(0),
        SchemePart::Https => Some(1),
        SchemePart::Ws => Some(2),
        SchemePart::Wss => Some(3),
        SchemePart::Other(_) => None,
    }
}

/// The number of a scheme in its canonical spelling, without its colon.
const fn scheme_named(name: &str) -> Option<u32> {
    match name.as_bytes() {
        b"http" => Some(0),
        b"https" => Some(1),
        b"ws" => Some(2),
        b"wss" => Some(3),
        _ => None,
    }
}

/// The number of the scheme, and what follows `://`.
#[inline(always)]
const fn scheme(url: &[u8]) -> Option<(u32, &[u8])> {
    const HTTPS: u64 = u64::from_le_bytes(*b"https://");
    const HTTP: u64 = low_bytes(u64::from_le_bytes(*b"http:// "), 7);
    const WSS: u64 = low_bytes(u64::from_le_bytes(*b"wss://  "), 6);
    const WS: u64 = low_bytes(u64::from_le_bytes(*b"ws://   "), 5);

    let Some((first, rest)) = url.split_first_chunk() else { return None };
    let first = u64::from_le_bytes(*first);
    if first == HTTPS {
        Some((1, rest))
    } else if low_bytes(first, 6) == WSS {
        Some((3, url.split_at(6).1))
    } else if low_bytes(first, 7) == HTTP {
        Some((0, url.split_at(7).1))
    } else if low_bytes(first, 5) == WS {
        Some((2, url.split_at(5).1))
    } else {
        None
    }
}

/// The port of `tail`, which begins behind the host, [`DEFAULT_PORT`] for the scheme's own; and what follows it.
const fn port(tail: &[u8], scheme: u32) -> Option<(u32, &[u8])> {
    let [b':', first @ b'1'..=b'9', digits @ ..] = tail else { return None };
    let mut port = (*first - b'0') as u32;
    let mut rest = digits;
    while let [digit @ b'0'..=b'9', tail @ ..] = rest {
        port = port * 10 + (*digit - b'0') as u32;
        if port > 65535 {
            return None;
        }
        rest = tail;
    }
    if !is_tail(rest) {
        return None;
    }
    let default = if scheme & 1 == 1 { 443 } else { 80 };
    Some((if port == default { DEFAULT_PORT } else { port }, rest))
}

/// Whether the authority ends here.
#[inline(always)]
const fn is_tail(tail: &[u8]) -> bool {
    matches!(tail, [] | [b'/' | b'?' | b'#', ..])
}
