//! ASCII helpers that run in const evaluation, where the methods of `str` that do the same are not stable yet.

use core::fmt;

/// Whether two byte strings are equal but for ASCII case.
pub(crate) const fn eq_ignore_case(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if !left[index].eq_ignore_ascii_case(&right[index]) {
            return false;
        }
        index += 1;
    }
    true
}

/// Whether two texts are the same.
pub(crate) const fn equal(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// Whether `text` ends with `suffix` but for ASCII case.
pub(crate) const fn ends_with_ignore_case(text: &[u8], suffix: &[u8]) -> bool {
    if suffix.len() > text.len() {
        return false;
    }
    eq_ignore_case(text.split_at(text.len() - suffix.len()).1, suffix)
}

/// The value of a hexadecimal digit.
pub(crate) const fn hex_value(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

/// Writes `text` with its ASCII letters in lower case.
pub(crate) fn write_lowercase(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    use fmt::Write as _;

    text.chars().try_for_each(|character| out.write_char(character.to_ascii_lowercase()))
}
