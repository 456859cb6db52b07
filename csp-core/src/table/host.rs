//! Finding the host of a URL and its hash in one pass, eight bytes a step.

#![expect(clippy::cast_possible_truncation, reason = "halves of a product, and counts below 8")]
#![expect(clippy::inline_always, reason = "one decision is one function, without calls")]

use super::word::{HIGHS, ONES, first_word, from, last_word};

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;

/// High bits of the bytes at which a host ends: of those below `@`, all but `0-9 . -`.
///
/// What stands behind a byte that isn't ASCII may be told wrongly; [`plain_marks`] has no such host, nor has a table.
#[inline(always)]
const fn ends(word: u64) -> u64 {
    // `-` and `.` become 22 and 21, the digits 36 to 3f, `/` becomes 20, and what is not below `@` stays so.
    let turned = word ^ (ONES * 0x0f);
    !(from(0x36, turned) | (from(0x21, turned) & !from(0x23, turned))) & HIGHS
}

/// Where the host at the beginning ends, and its hash. Only its end is looked for: what it is made of is up to
/// [`plain_marks`], or to a comparison with a name that is known.
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

/// The dots and hyphens of a host that [`scan`] has found, if every URL parser takes it for the same name: at most 64
/// bytes of `a-z 0-9 . -`, labels that are not empty, no `--` (which punycode has) nor `-` at an end of a label, and a last
/// label that is no number (or the host may be an address).
///
/// A mark's bit is [`mark`] of the number of bytes behind it: rows are bytes of a word, columns are words, so that no
/// bits have to be gathered.
#[inline(always)]
pub(super) const fn plain_marks(host: &[u8]) -> Option<u64> {
    if host.is_empty() || host.len() > 64 {
        return None;
    }
    let (mut bad, mut all) = (0, 0);
    let mut column = 0;
    let mut rest = host;
    while let Some((before, chunk)) = rest.split_last_chunk() {
        let word = u64::from_le_bytes(*chunk);
        bad |= no_name(word);
        all |= marks(word) >> column;
        column += 1;
        rest = before;
    }
    if !rest.is_empty() {
        let word = first_word(host, rest.len());
        bad |= no_name(word);
        all |= marks(word) >> column;
    }
    // The last row of a column goes on in the first row of the next one.
    let behind = all << 8 | all >> 56 << 1;
    let last = (all & HIGHS).leading_zeros() as usize / 8;
    let ends_bare = all >> 63 == 0 && is_letter_or_digit(host[0]);
    if bad & HIGHS != 0 || all & behind != 0 || !ends_bare || !ends_in_name(host, last) { None } else { Some(all) }
}

/// The bit of a mark with so many bytes behind it; the last bit, which no mark of a name has, is for 63 and more.
#[inline(always)]
pub(super) const fn mark(behind: usize) -> u32 {
    let behind = if behind < 63 { behind as u32 } else { 63 };
    63 - (behind % 8 * 8 + behind / 8)
}

/// How many bytes are behind the mark of a bit: [`mark`], turned round.
#[inline(always)]
pub(super) const fn behind(mark: u32) -> usize {
    let from_top = 63 - mark;
    (from_top % 8 * 8 + from_top / 8) as usize
}

/// Whether the last label is no number, if there are so many bytes behind the last mark; 8 for 8 or more.
///
/// A label with a hyphen is no number, so that a letter behind the last mark is enough.
#[inline(always)]
const fn ends_in_name(host: &[u8], behind: usize) -> bool {
    (behind < 8 && host.len() > behind && !host[host.len() - behind].is_ascii_digit()) || !ends_in_digits(host)
}

/// Whether the last label begins with a digit.
#[cold]
const fn ends_in_digits(host: &[u8]) -> bool {
    let label = match last_dot(host) {
        Some(dot) => dot + 1,
        None => 0,
    };
    host[label].is_ascii_digit()
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
