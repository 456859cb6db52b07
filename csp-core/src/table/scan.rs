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

/// The number of the scheme, and what follows `://`.
#[inline(always)]
pub(super) const fn scheme(url: &[u8]) -> Option<(u32, &[u8])> {
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

/// The last `rest` bytes of `bytes` as a word, rest < 8; zeros behind them.
#[inline(always)]
const fn last_word(bytes: &[u8], rest: usize) -> u64 {
    match bytes.last_chunk() {
        Some(_) if rest == 0 => 0,
        Some(last) => u64::from_le_bytes(*last) >> (64 - 8 * rest as u32),
        None => {
            let mut word = 0;
            let mut index = bytes.len();
            while index > bytes.len() - rest {
                index -= 1;
                word = word << 8 | bytes[index] as u64;
            }
            word
        }
    }
}

/// High bits of the bytes that are none of `a-z 0-9 . -`.
#[inline(always)]
const fn other_bytes(word: u64) -> u64 {
    /// High bits of the bytes within the range; no carry goes from one to the next.
    #[inline(always)]
    const fn within(low_bits: u64, first: u8, last: u8) -> u64 {
        (low_bits + ONES * (0x80 - first as u64)) & !(low_bits + ONES * (0x7f - last as u64))
    }

    let low_bits = word & !HIGHS;
    let host = within(low_bits, b'a', b'z') | within(low_bits, b'0', b'9') | within(low_bits, b'-', b'.');
    (!host | word) & HIGHS
}

/// How many bytes at the beginning a canonical host may have, and their hash.
#[inline(always)]
pub(super) const fn host(bytes: &[u8]) -> (usize, u64) {
    let mut rest = bytes;
    let mut hash = SEED;
    loop {
        let (word, tail) = match rest.split_first_chunk() {
            Some((chunk, tail)) => (u64::from_le_bytes(*chunk), Some(tail)),
            None => (last_word(bytes, rest.len()), None),
        };
        let other = other_bytes(word);
        if other == 0
            && let Some(tail) = tail
        {
            hash = mix(hash, word);
            rest = tail;
            continue;
        }
        let count = other.trailing_zeros() / 8;
        if count > 0 {
            hash = mix(hash, low_bytes(word, count));
        }
        return (bytes.len() - rest.len() + count as usize, hash);
    }
}

/// The hash of a host: of a canonical one the same as [`host`]'s.
#[inline(always)]
pub(super) const fn hash(host: &[u8]) -> u64 {
    let mut rest = host;
    let mut hash = SEED;
    while let Some((chunk, tail)) = rest.split_first_chunk() {
        hash = mix(hash, u64::from_le_bytes(*chunk));
        rest = tail;
    }
    if rest.is_empty() { hash } else { mix(hash, last_word(host, rest.len())) }
}

/// Whether two names of the same length are the same.
#[inline(always)]
pub(super) const fn equal(left: &[u8], right: &[u8]) -> bool {
    let (mut left, mut right) = (left, right);
    if let (Some(one), Some(other)) = (left.last_chunk::<8>(), right.last_chunk::<8>()) {
        if u64::from_le_bytes(*one) != u64::from_le_bytes(*other) {
            return false;
        }
        // What is left over has been compared already.
        while left.len() > 8
            && let (Some((one, left_tail)), Some((other, right_tail))) =
                (left.split_first_chunk(), right.split_first_chunk())
        {
            if u64::from_le_bytes(*one) != u64::from_le_bytes(*other) {
                return false;
            }
            (left, right) = (left_tail, right_tail);
        }
        return true;
    }
    last_word(left, left.len()) == last_word(right, right.len())
}

/// The port of `tail`, which begins behind the host, [`DEFAULT_PORT`] for the scheme's own; and what follows it.
pub(super) const fn port(tail: &[u8], scheme: u32) -> Option<(u32, &[u8])> {
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
pub(super) const fn is_tail(tail: &[u8]) -> bool {
    matches!(tail, [] | [b'/' | b'?' | b'#', ..])
}

/// The path at the beginning of `tail`, if every URL parser leaves it as it is.
pub(super) const fn canonical_path(tail: &[u8]) -> Option<&[u8]> {
    let end = query_start(tail, 0);
    if is_canonical_path(tail, 0, end) { Some(tail.split_at(end).0) } else { None }
}

/// One bit for each byte of the word whose high bit is set.
#[inline(always)]
const fn gather(high_bits: u64) -> u64 {
    (high_bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// High bits of the bytes of the word that are `byte`; of a word of ASCII.
#[inline(always)]
const fn bytes_that_are(byte: u8, word: u64) -> u64 {
    !((word ^ (ONES * byte as u64)) + !HIGHS) & HIGHS
}

/// The places of the dots in a host of canonical bytes, if every URL parser takes them for the same name: at most 64
/// bytes, labels that are not empty, no `--` (which punycode has), a last label that begins with a letter (or it may be
/// an address).
pub(super) const fn dots_of_plain_name(host: &[u8]) -> Option<u64> {
    if host.is_empty() || host.len() > 64 {
        return None;
    }
    let (mut dots, mut hyphens) = (0, 0);
    let mut rest = host;
    let mut shift = 0;
    while !rest.is_empty() {
        let word = match rest.split_first_chunk() {
            Some((chunk, tail)) => {
                rest = tail;
                u64::from_le_bytes(*chunk)
            }
            None => {
                let word = last_word(host, rest.len());
                rest = &[];
                word
            }
        };
        dots |= gather(bytes_that_are(b'.', word)) << shift;
        hyphens |= gather(bytes_that_are(b'-', word)) << shift;
        shift += 8;
    }
    let last = 1 << (host.len() - 1);
    // A dot at the beginning, at the end, or behind a dot.
    let empty_label = dots & ((dots << 1) | 1 | last) != 0;
    let label = 64 - dots.leading_zeros() as usize;
    if empty_label || hyphens & (hyphens << 1) != 0 || host[label].is_ascii_digit() { None } else { Some(dots) }
}

/// The place of the last dot.
pub(super) const fn last_dot(host: &[u8]) -> Option<usize> {
    let mut at = host.len();
    while at > 0 {
        at -= 1;
        if host[at] == b'.' {
            return Some(at);
        }
    }
    None
}
