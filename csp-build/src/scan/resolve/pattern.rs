//! Regular expressions of JavaScript, as far as the library reads them.

use regex_lite::{Regex, RegexBuilder};

/// The largest program of a pattern, in bytes.
const LARGEST: usize = 1 << 18;

/// A pattern between its slashes, with its flags; nothing for what the library doesn't know: what looks around, what
/// refers back.
pub(super) fn compiled(pattern: &str, flags: &str) -> Option<Regex> {
    let build = |pattern: &str| {
        RegexBuilder::new(pattern)
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .dot_matches_new_line(flags.contains('s'))
            .size_limit(LARGEST)
            .build()
            .ok()
    };
    build(pattern).or_else(|| build(&with_plain_braces(pattern)))
}

/// A brace that counts nothing is itself in JavaScript: `/{id}/`.
fn with_plain_braces(pattern: &str) -> String {
    let mut plain = String::with_capacity(pattern.len() + 2);
    let mut rest = pattern;
    while let Some(character) = rest.chars().next() {
        let (this, next) = rest.split_at(character.len_utf8());
        rest = next;
        match character {
            '\\' => {
                let escaped = rest.chars().next().map_or(0, char::len_utf8);
                let (escaped, next) = rest.split_at(escaped);
                plain.push_str(this);
                plain.push_str(escaped);
                rest = next;
            }
            '{' => {
                let counts = rest.split_once('}').filter(|(count, _)| {
                    count.starts_with(|first: char| first.is_ascii_digit())
                        && count.chars().all(|character| character.is_ascii_digit() || character == ',')
                });
                match counts {
                    Some((count, next)) => {
                        plain.extend(["{", count, "}"]);
                        rest = next;
                    }
                    None => plain.push_str("\\{"),
                }
            }
            '}' => plain.push_str("\\}"),
            _ => plain.push_str(this),
        }
    }
    plain
}
