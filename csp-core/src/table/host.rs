//! Finding the host of a URL and its hash in one pass, eight bytes a step.

#![expect(clippy::cast_possible_truncation, reason = "halves of a product, and counts below 8")]
#![expect(clippy::inline_always, reason = "one decision is one function, without calls")]

use super::word::{HIGHS, ONES, first_word, from, gather_reversed, last_word};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;

/// High bits of the bytes at which a host ends: of those below `@`, all but `0-9 . -`.
///
/// What stands behind a byte that isn't ASCII may be told wrongly; [`is_plain_name`] takes no such host, nor has a table.
#[inline(always)]
const fn ends(word: u64) -> u64 {
    // `-` and `.` become 22 and 21, the digits 36 to 3f, `/` becomes 20, and what is not below `@` stays so.
    let turned = word ^ (ONES * 0x0f);
    !(from(0x36, turned) | (from(0x21, turned) & !from(0x23, turned))) & HIGHS
}

/// Where the host at the beginning ends, and its hash. Only its end is looked for: what it is made of is up to
/// [`is_plain_name`], or to a comparison with a name that is known.
#[inline(always)]
pub(super) const fn scan(bytes: &[u8]) -> (usize, u64) {
    let mut rest = bytes;
    let mut hash = SEED;
    while let Some((chunk, tail)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*chunk);
        let ends = ends(word);
        if ends != 0 {
            return end(bytes.len() - rest.len(), hash, word, ends);
        }
        hash = mix(hash, word);
        rest = tail;
    }
    // The zeros behind the last bytes end a host, too.
    let count = bytes.len() % 8;
    let word = last_word(bytes, count);
    end(bytes.len() - count, hash, word, ends(word))
}

/// What [`scan`] finds where a word has one of these `ends`.
#[inline(always)]
const fn end(before: usize, hash: u64, word: u64, ends: u64) -> (usize, u64) {
    let bytes_before = ((ends & ends.wrapping_neg()) >> 7) - 1;
    (before + ends.trailing_zeros() as usize / 8, mix(hash, word & bytes_before))
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
    mix(hash, last_word(host, host.len() % 8))
}

#[inline(always)]
const fn mix(hash: u64, word: u64) -> u64 {
    let product = (hash ^ word) as u128 * FACTOR as u128;
    product as u64 ^ (product >> 64) as u64
}

/// Whether every URL parser takes a host that [`scan`] has found for the same name: a [plain text](is_plain) whose last
/// label is no number, or it may be an address.
#[inline(always)]
pub(super) const fn is_plain_name(host: &[u8]) -> bool {
    is_plain(host, host.len()) && !may_end_in_number(host)
}

/// Whether the first bytes of a host, before a dot or all of them, are such a text: at most 64 bytes of `a-z 0-9 . -`,
/// labels that are not empty, no `--` (which punycode has) nor `-` at an end of a label.
#[inline(always)]
pub(super) const fn is_plain(host: &[u8], length: usize) -> bool {
    if length == 0 || length > 64 {
        return false;
    }
    // A byte's row is its place in a word, its column the word, from the last one: no bits have to be gathered.
    let (mut bad, mut marked) = (0, 0);
    let mut column = 0;
    let mut rest = host.split_at(length).0;
    while let Some((before, chunk)) = rest.split_last_chunk() {
        let word = u64::from_le_bytes(*chunk);
        bad |= no_name(word);
        marked |= marks(word) >> column;
        column += 1;
        rest = before;
    }
    if !rest.is_empty() {
        let word = first_word(host, rest.len());
        bad |= no_name(word);
        marked |= marks(word) >> column;
    }
    // The last row of a column goes on in the first row of the one before.
    let before_marks = marked << 8 | marked >> 56 << 1;
    let ends_bare = marked >> 63 == 0 && is_letter_or_digit(host[0]);
    bad & HIGHS == 0 && marked & before_marks == 0 && ends_bare
}

/// The dots and hyphens of a host of at most 64 bytes: bit n for one with n bytes behind it.
#[inline(never)]
pub(super) const fn marks_behind(host: &[u8]) -> u64 {
    let mut found = 0;
    let mut shift = 0;
    let mut rest = host;
    while let Some((before, chunk)) = rest.split_last_chunk() {
        found |= gather_reversed(marks(u64::from_le_bytes(*chunk))) << shift;
        shift += 8;
        rest = before;
    }
    if rest.is_empty() { found } else { found | gather_reversed(marks(first_word(host, rest.len()))) << shift }
}

/// Whether the last label may be a number: no name ends in one. It begins with a digit then, and ends in one, in a digit
/// of a hexadecimal number, or in the `x` of `0x`.
#[inline(always)]
const fn may_end_in_number(host: &[u8]) -> bool {
    let mut at = host.len();
    if let [.., b'g'..=b'w' | b'y' | b'z'] = host {
        return false;
    }
    let mut first = b'.';
    while at > 0 && host[at - 1] != b'.' {
        at -= 1;
        first = host[at];
    }
    first.is_ascii_digit()
}

/// High bits of the dots and hyphens, of a word of a host.
#[inline(always)]
const fn marks(word: u64) -> u64 {
    !from(b'0', word) & HIGHS
}

/// High bits of the bytes that are no part of a name, of a word of a host; what stands behind one may be told wrongly.
#[inline(always)]
const fn no_name(word: u64) -> u64 {
    word | no_letters(word)
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
