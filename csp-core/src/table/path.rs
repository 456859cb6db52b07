//! The path of a URL in its usual spelling.

use super::word::{HIGHS, ONES, equal, from, last_word};
use crate::target::{is_canonical_path, query_start};

/// A path that every URL parser leaves as it is.
#[derive(Clone, Copy)]
pub(super) struct Path<'u> {
    pub(super) bytes: &'u [u8],
    /// Of letters, digits and `/ . - ` alone: nothing in it is decoded, nothing hides a separator.
    pub(super) plain: bool,
}

impl<'u> Path<'u> {
    /// The path at the beginning of `tail`, before a query or a fragment.
    pub(super) const fn scan(tail: &'u [u8]) -> Option<Self> {
        let end = plain_end(tail);
        let (bytes, rest) = tail.split_at(end);
        if matches!(rest, [] | [b'?' | b'#', ..]) {
            return Some(Self { bytes, plain: true });
        }
        let end = query_start(tail, end);
        if is_canonical_path(tail, 0, end) { Some(Self { bytes: tail.split_at(end).0, plain: false }) } else { None }
    }

    /// Whether a source's path covers this one, if that can be told without decoding.
    pub(super) const fn is_below(self, source: &[u8]) -> bool {
        if !self.plain || source.len() > self.bytes.len() {
            return false;
        }
        let whole = source.len() == self.bytes.len() || matches!(source, [.., b'/']);
        whole && equal(source, self.bytes.split_at(source.len()).0)
    }
}

/// How many plain bytes there are at the beginning, without two of `/ . -` side by side (a dot segment may be there).
const fn plain_end(tail: &[u8]) -> usize {
    let mut rest = tail;
    let mut mark_before = 0;
    loop {
        let (word, behind) = match rest.split_first_chunk() {
            Some((chunk, behind)) => (u64::from_le_bytes(*chunk), Some(behind)),
            None => (last_word(tail, rest.len()), None),
        };
        let marks = !from(b'0', word);
        let beside = marks & (marks << 8 | mark_before);
        let end = (!plain(word) | beside) & HIGHS;
        if end != 0 {
            return tail.len() - rest.len() + end.trailing_zeros() as usize / 8;
        }
        let Some(behind) = behind else { return tail.len() };
        mark_before = marks >> 56 & 0x80;
        rest = behind;
    }
}

/// High bits of the bytes that are letters, digits or `/ . -`, up to the first that isn't.
const fn plain(word: u64) -> u64 {
    let lower = word | (ONES * 0x20);
    let letters = from(b'a', lower) & !from(b'z' + 1, lower);
    let others = from(b'-', word) & !from(b'9' + 1, word);
    (letters | others) & !word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_end_where_they_end() {
        for (tail, expected) in [
            ("", Some(("", true))),
            ("/", Some(("/", true))),
            ("?a", Some(("", true))),
            ("#/../", Some(("", true))),
            ("/v1/users", Some(("/v1/users", true))),
            ("/v1/users?page=2", Some(("/v1/users", true))),
            ("/v1/users/#/..", Some(("/v1/users/", true))),
            ("/v1/a_b~c", Some(("/v1/a_b~c", false))),
            ("/1234567", Some(("/1234567", true))),
            ("/123456/?", Some(("/123456/", true))),
            ("/123456//", Some(("/123456//", false))),
            ("/123456/./", None),
            ("/1234567/./", None),
            ("/12345678/..", None),
            ("/..", None),
            ("/...", Some(("/...", false))),
            ("/a/.b/c.d", Some(("/a/.b/c.d", false))),
            ("/a%20b?c", Some(("/a%20b", false))),
            ("/a%2e/%2e?c", None),
            ("/a b", None),
            ("/a\\b", None),
            ("/caf\u{e9}?", None),
            ("/\u{e9}", None),
            ("/abcdef\u{e9}", None),
            ("/a\n", None),
            ("/a@`{", None),
            ("/a\0", None),
        ] {
            let found = Path::scan(tail.as_bytes()).map(|path| (core::str::from_utf8(path.bytes).unwrap(), path.plain));
            assert_eq!(found, expected, "{tail}");
        }
    }

    #[test]
    fn plain_paths_are_compared_as_they_stand() {
        for (source, tail, expected) in [
            ("/", "/x", true),
            ("/v1/", "/v1/users", true),
            ("/v1/", "/v1", false),
            ("/v1", "/v1", true),
            ("/v1", "/v1/", false),
            ("/v1/users/of/", "/v1/users/of/today", true),
            ("/v1/users/of/", "/v1/users/in/today", false),
            ("/v1/", "/v1/a_b", false),
        ] {
            assert_eq!(Path::scan(tail.as_bytes()).unwrap().is_below(source.as_bytes()), expected, "{source}, {tail}");
        }
    }
}
