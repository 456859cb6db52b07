//! Finding the host of a URL and its hash in one pass, eight bytes a step.

#![expect(clippy::cast_possible_truncation, reason = "halves of a product, and counts below 8")]
#![expect(clippy::inline_always, reason = "one decision is one function, without calls")]

use super::DEFAULT_PORT;
use crate::SchemePart;
use crate::target::{is_canonical_path, query_start};

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;

/// Where a host ends, and its hash.
#[derive(Clone, Copy)]
pub(super) struct Scan {
    pub(super) end: usize,
    pub(super) hash: u64,
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

/// The number of the scheme, and where the host begins.
#[inline(always)]
pub(super) const fn scheme(bytes: &[u8]) -> Option<(u32, usize)> {
    const HTTPS: u64 = u64::from_le_bytes(*b"https://");
    const HTTP: u64 = low_bytes(u64::from_le_bytes(*b"http:// "), 7);
    const WSS: u64 = low_bytes(u64::from_le_bytes(*b"wss://  "), 6);
    const WS: u64 = low_bytes(u64::from_le_bytes(*b"ws://   "), 5);

    let Some(first) = bytes.first_chunk() else { return None };
    let first = u64::from_le_bytes(*first);
    if first == HTTPS {
        Some((1, 8))
    } else if low_bytes(first, 6) == WSS {
        Some((3, 6))
    } else if low_bytes(first, 7) == HTTP {
        Some((0, 7))
    } else if low_bytes(first, 5) == WS {
        Some((2, 5))
    } else {
        None
    }
}

/// Eight bytes from `at`; zeros behind the end.
#[inline(always)]
const fn word(bytes: &[u8], at: usize) -> u64 {
    if let Some((_, rest)) = bytes.split_at_checked(at)
        && let Some(chunk) = rest.first_chunk()
    {
        return u64::from_le_bytes(*chunk);
    }
    last_word(bytes, at)
}

#[cold]
const fn last_word(bytes: &[u8], at: usize) -> u64 {
    let mut word = 0;
    let mut position = at;
    while position < bytes.len() {
        word |= (bytes[position] as u64) << (8 * (position - at));
        position += 1;
    }
    word
}

#[inline(always)]
const fn mix(hash: u64, word: u64) -> u64 {
    let product = (hash ^ word) as u128 * FACTOR as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The first `count` bytes of a word, 0 < count < 8.
#[inline(always)]
const fn low_bytes(word: u64, count: u32) -> u64 {
    word & u64::MAX >> (64 - 8 * count)
}

/// High bits of the bytes that are none of `a-z 0-9 . -`.
#[inline(always)]
const fn other_bytes(word: u64) -> u64 {
    /// High bits of the bytes within the range; no carry goes from one to the next.
    const fn within(low_bits: u64, first: u8, last: u8) -> u64 {
        (low_bits + ONES * (0x80 - first as u64)) & !(low_bits + ONES * (0x7f - last as u64))
    }

    let low_bits = word & !HIGHS;
    let host = within(low_bits, b'a', b'z') | within(low_bits, b'0', b'9') | within(low_bits, b'-', b'.');
    (!host | word) & HIGHS
}

/// Reads the bytes from `start` that a canonical host may have.
#[inline(always)]
pub(super) const fn host(bytes: &[u8], start: usize) -> Scan {
    let mut end = start;
    let mut hash = SEED;
    loop {
        let word = word(bytes, end);
        let other = other_bytes(word);
        if other == 0 {
            hash = mix(hash, word);
            end += 8;
            continue;
        }
        let count = other.trailing_zeros() / 8;
        if count > 0 {
            hash = mix(hash, low_bytes(word, count));
        }
        return Scan { end: end + count as usize, hash };
    }
}

/// The hash of `bytes[start..end]`: of a canonical host the same as [`host`]'s.
#[inline(always)]
pub(super) const fn hash(bytes: &[u8], start: usize, end: usize) -> u64 {
    let mut at = start;
    let mut hash = SEED;
    while at + 8 <= end {
        hash = mix(hash, word(bytes, at));
        at += 8;
    }
    if at < end { mix(hash, low_bytes(word(bytes, at), (end - at) as u32)) } else { hash }
}

/// Whether the name at `offset` of `text` is `bytes[start..end]`.
#[inline(always)]
pub(super) const fn equal(text: &[u8], offset: usize, bytes: &[u8], start: usize, end: usize) -> bool {
    let mut at = start;
    let mut own = offset;
    while at + 8 <= end {
        if word(text, own) != word(bytes, at) {
            return false;
        }
        at += 8;
        own += 8;
    }
    at == end || {
        let count = (end - at) as u32;
        low_bytes(word(text, own), count) == low_bytes(word(bytes, at), count)
    }
}

/// The port that begins at the colon at `at`, [`DEFAULT_PORT`] for the scheme's own, and where it ends.
pub(super) const fn port(bytes: &[u8], at: usize, scheme: u32) -> Option<(u32, usize)> {
    if bytes[at] != b':' {
        return None;
    }
    let mut end = at + 1;
    let mut port = 0;
    while end < bytes.len() && bytes[end].is_ascii_digit() && end < at + 6 {
        port = port * 10 + (bytes[end] - b'0') as u32;
        end += 1;
    }
    let ends = end == bytes.len() || matches!(bytes[end], b'/' | b'?' | b'#');
    if end == at + 1 || bytes[at + 1] == b'0' || port > 65535 || !ends {
        return None;
    }
    let default = if scheme & 1 == 1 { 443 } else { 80 };
    Some((if port == default { DEFAULT_PORT } else { port }, end))
}

/// Whether every URL parser takes these bytes of a canonical host for the same name: labels that are not empty, no `--`
/// (which punycode has), a last label that begins with a letter (or it may be an address).
pub(super) const fn is_plain_name(bytes: &[u8], start: usize, end: usize) -> bool {
    if start == end || end - start > 253 || matches!(bytes[end - 1], b'.') {
        return false;
    }
    let mut previous = b'.';
    let mut label = start;
    let mut at = start;
    while at < end {
        let byte = bytes[at];
        if byte == previous && matches!(byte, b'.' | b'-') {
            return false;
        }
        if byte == b'.' {
            label = at + 1;
        }
        previous = byte;
        at += 1;
    }
    !bytes[label].is_ascii_digit()
}

/// The last dot of `bytes[start..end]`.
#[inline(always)]
pub(super) const fn previous_dot(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let mut at = end;
    while at > start {
        at -= 1;
        if bytes[at] == b'.' {
            return Some(at);
        }
    }
    None
}

/// The path that begins at `start` of a URL, if every URL parser leaves it as it is.
pub(super) const fn canonical_path(url: &str, start: usize) -> Option<&str> {
    let bytes = url.as_bytes();
    let end = query_start(bytes, start);
    if !is_canonical_path(bytes, start, end) {
        return None;
    }
    Some(url.split_at(end).0.split_at(start).1)
}
