//! Finding the host of a URL and its hash in one pass, eight bytes a step.

#![expect(clippy::cast_possible_truncation, reason = "halves of a product, and counts below 8")]
#![expect(clippy::inline_always, reason = "one decision is one function, without calls")]

use super::word::{HIGHS, ONES, from, gather, last_word, low_bytes};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;

/// High bits of the bytes at which a host ends: of those below `@`, all but `0-9 . -`.
///
/// What stands behind a byte that isn't ASCII may be told wrongly; [`plain_name`] has no such host, nor has a table.
#[inline(always)]
const fn ends(word: u64) -> u64 {
    // `-` and `.` become 22 and 21, the digits 36 to 3f, `/` becomes 20, and what is not below `@` stays so.
    let turned = word ^ (ONES * 0x0f);
    !(from(0x36, turned) | (from(0x21, turned) & !from(0x23, turned))) & HIGHS
}

/// Where the host at the beginning ends, and its hash. Only its end is looked for: what it is made of is up to
/// [`plain_name`], or to a comparison with a name that is known.
#[inline(always)]
pub(super) const fn scan(bytes: &[u8]) -> (usize, u64) {
    let mut rest = bytes;
    let mut hash = SEED;
    loop {
        let (word, tail) = match rest.split_first_chunk() {
            Some((chunk, tail)) => (u64::from_le_bytes(*chunk), Some(tail)),
            None => (last_word(bytes, rest.len()), None),
        };
        let ends = ends(word);
        if ends == 0
            && let Some(tail) = tail
        {
            hash = mix(hash, word);
            rest = tail;
            continue;
        }
        let count = ends.trailing_zeros() / 8;
        if count > 0 {
            hash = mix(hash, low_bytes(word, count));
        }
        return (bytes.len() - rest.len() + count as usize, hash);
    }
}

/// The hash of a host: of a canonical one the same as [`scan`]'s.
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

#[inline(always)]
const fn mix(hash: u64, word: u64) -> u64 {
    let product = (hash ^ word) as u128 * FACTOR as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The places of the dots in a host that [`scan`] has found, if every URL parser takes it for the same name: at most 64
/// bytes of `a-z 0-9 . -`, labels that are not empty, no `--` (which punycode has) nor `-` at the end of a label, a last
/// label that begins with a letter (or it may be an address).
#[inline(always)]
pub(super) const fn plain_name(host: &[u8]) -> Option<u64> {
    if host.is_empty() || host.len() > 64 {
        return None;
    }
    let (mut dots, mut bad, mut mark_before) = (0, 0, 0);
    let mut rest = host;
    let mut shift = 0;
    while !rest.is_empty() {
        let word = match rest.split_first_chunk() {
            Some((chunk, tail)) => {
                rest = tail;
                u64::from_le_bytes(*chunk)
            }
            None => {
                let letters_behind = (ONES * b'a' as u64) << (8 * rest.len());
                let word = last_word(host, rest.len()) | letters_behind;
                rest = &[];
                word
            }
        };
        // Only `-` and `.` are below the digits, and only `-` is odd.
        let marks = !word.wrapping_add(ONES * (0x80 - b'0' as u64)) & HIGHS;
        bad |= word | no_letters(word) | (marks & (marks << 8 | mark_before));
        mark_before = marks >> 56;
        dots |= gather(marks & !(word << 7)) << shift;
        shift += 8;
    }
    let label = 64 - dots.leading_zeros() as usize;
    let bare = is_letter_or_digit(host[0]) && is_letter_or_digit(host[host.len() - 1]);
    if bad & HIGHS != 0 || !bare || host[label].is_ascii_digit() { None } else { Some(dots) }
}

/// Of a byte of a host.
#[inline(always)]
const fn is_letter_or_digit(byte: u8) -> bool {
    byte >= b'0'
}

/// High bits of the bytes from `@` on that are no lower-case letters; of a word of ASCII.
#[inline(always)]
const fn no_letters(word: u64) -> u64 {
    let from_a = word.wrapping_add(ONES * (0x80 - b'a' as u64));
    let behind_z = word.wrapping_add(ONES * (0x7f - b'z' as u64));
    behind_z | (word << 1 & !from_a)
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
