//! Eight bytes of text as a number, the first in the lowest bits.

#![expect(clippy::cast_possible_truncation, reason = "counts below 8")]
#![expect(clippy::inline_always, reason = "one decision is one function, without calls")]

/// Every byte is 1.
pub(super) const ONES: u64 = 0x0101_0101_0101_0101;
/// The high bit of every byte.
pub(super) const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The first `count` bytes of a word, 0 < count < 8.
#[inline(always)]
pub(super) const fn low_bytes(word: u64, count: u32) -> u64 {
    word & u64::MAX >> (64 - 8 * count)
}

/// The last `rest` bytes of `bytes` as a word, rest < 8; zeros behind them.
#[inline(always)]
pub(super) const fn last_word(bytes: &[u8], rest: usize) -> u64 {
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

/// The first `rest` bytes of `bytes` at the end of a word, 0 < rest < 8; letters before them.
#[inline(always)]
pub(super) const fn first_word(bytes: &[u8], rest: usize) -> u64 {
    let letters = (ONES * b'a' as u64) >> (8 * rest as u32);
    match bytes.first_chunk() {
        Some(first) => u64::from_le_bytes(*first) << (64 - 8 * rest as u32) | letters,
        None => last_word(bytes.split_at(rest).0, rest) << (64 - 8 * rest as u32) | letters,
    }
}

/// High bits of the bytes that are at least `least`, of ASCII; what stands behind another byte may be told wrongly.
#[inline(always)]
pub(super) const fn from(least: u8, word: u64) -> u64 {
    word.wrapping_add(ONES * (0x80 - least as u64))
}

/// One bit for each byte of the word whose high bit is set, the last byte's first.
#[inline(always)]
pub(super) const fn gather_reversed(high_bits: u64) -> u64 {
    (high_bits >> 7).wrapping_mul(0x8040_2010_0804_0201) >> 56
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
