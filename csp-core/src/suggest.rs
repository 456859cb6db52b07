//! What people probably meant, and how their text is quoted back at them.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::ops::Range;

use crate::{DirectiveName, Keyword, nearest};

/// The longest piece of a user's text that a message quotes, in characters.
pub(crate) const EXCERPT_LENGTH: usize = 120;

/// `text` as messages quote it: control and invisible characters escaped, cut at [`EXCERPT_LENGTH`] characters.
#[doc(hidden)]
#[must_use]
pub fn excerpt(text: &str) -> String {
    let mut out = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == EXCERPT_LENGTH {
            out.push('…');
            break;
        }
        push_visible(&mut out, character);
    }
    out
}

/// `text` whole, control and invisible characters escaped, as terminals and people can take it.
#[doc(hidden)]
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, character| {
        push_visible(&mut out, character);
        out
    })
}

/// Appends a character, or its escape if it could not be seen or would break the line.
pub(crate) fn push_visible(out: &mut String, character: char) {
    if character.is_control() || is_invisible(character) {
        out.extend(character.escape_default());
    } else {
        out.push(character);
    }
}

/// Zero-width characters, soft hyphens, marks and overrides of the direction of writing, and other blanks than space.
pub(crate) const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{a0}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{1680}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2000}'..='\u{200f}'
            | '\u{2028}'..='\u{202f}'
            | '\u{205f}'..='\u{206f}'
            | '\u{3000}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The candidate nearest to `text`, if it is near enough to be a slip of the pen.
#[doc(hidden)]
#[must_use]
pub fn closest<'c>(text: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    candidates
        .into_iter()
        .map(|candidate| (slips(text, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 3).clamp(1, 3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The directive that `name` is a misspelling of: letters swapped, camelCase, underscores, a colon at its end.
pub(crate) fn directive_name(name: &str) -> Option<&'static str> {
    let mut kebab = String::new();
    for (index, character) in name.trim_end_matches(':').chars().enumerate() {
        match character {
            '_' => kebab.push('-'),
            'A'..='Z' if index > 0 && !kebab.ends_with('-') && name.contains(|c: char| c.is_ascii_lowercase()) => {
                kebab.push('-');
                kebab.push(character.to_ascii_lowercase());
            }
            _ => kebab.push(character.to_ascii_lowercase()),
        }
    }
    closest(&kebab, DirectiveName::ALL.iter().map(|name| name.as_str()))
}

/// The keyword that `name`, without quotes, is or is a misspelling of; `none` among them.
pub(crate) fn keyword(name: &str) -> Option<&'static str> {
    let candidates = Keyword::ALL.iter().map(|keyword| keyword.name()).chain(["none"]);
    closest(&name.replace('_', "-"), candidates)
}

/// Of `https`, `wss`, `http` and `ws`, the one that `name` is a misspelling of.
pub(crate) fn scheme(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    if matches!(name.as_str(), "https" | "wss" | "http" | "ws") {
        return None;
    }
    // The longer ones first: what is as near to both was meant to be encrypted.
    ["https", "wss", "http", "ws"]
        .into_iter()
        .find(|candidate| slips(&name, candidate) == 1 && (candidate.len() > 2 || name.starts_with("ws")))
}

/// Where the first placeholder of a URL template is: `{…}`, `${…}`, `<…>` or `[…]`.
pub(crate) fn placeholder(text: &str) -> Option<Range<usize>> {
    let open = text.find(['{', '<', '['])?;
    let close = match text.as_bytes()[open] {
        b'{' => '}',
        b'<' => '>',
        _ => ']',
    };
    let end = open + text[open..].find(close)? + 1;
    let start = if text[..open].ends_with('$') { open - 1 } else { open };
    Some(start..end)
}

/// The edit distance; swapped letters are one slip.
fn slips(text: &str, candidate: &str) -> usize {
    if text != candidate && sorted(text) == sorted(candidate) {
        return 1;
    }
    nearest::edit_distance(text.as_bytes(), candidate.as_bytes())
}

fn sorted(text: &str) -> alloc::vec::Vec<u8> {
    let mut bytes = text.as_bytes().to_owned();
    bytes.sort_unstable();
    bytes
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn placeholders_are_found() {
        for (text, found) in [
            ("/users/{id}/posts", Some("{id}")),
            ("/users/${id}", Some("${id}")),
            ("/<tenant>/", Some("<tenant>")),
            ("/[slug]", Some("[slug]")),
            ("/{id", None),
            ("/users/:id", None),
        ] {
            assert_eq!(placeholder(text).map(|range| &text[range]), found, "{text}");
        }
    }

    #[test]
    fn misspellings_are_recognised() {
        for (written, meant) in [
            ("conect-src", Some("connect-src")),
            ("connect_src", Some("connect-src")),
            ("connectSrc", Some("connect-src")),
            ("CONNECT-SRC:", Some("connect-src")),
            ("script-scr", Some("script-src")),
            ("x", None),
        ] {
            assert_eq!(directive_name(written), meant, "{written}");
        }
        for (written, meant) in [
            ("htps", Some("https")),
            ("htpps", Some("https")),
            ("httpss", Some("https")),
            ("htttps", Some("https")),
            ("hxxps", None),
            ("wws", Some("wss")),
            ("wsss", Some("wss")),
            ("htp", Some("http")),
            ("ipc", None),
            ("data", None),
            ("ftp", None),
            ("https", None),
        ] {
            assert_eq!(scheme(written), meant, "{written}");
        }
        for (written, meant) in
            [("slef", Some("self")), ("nonne", Some("none")), ("unsafe_inline", Some("unsafe-inline")), ("api", None)]
        {
            assert_eq!(keyword(written), meant, "{written}");
        }
    }

    #[test]
    fn excerpts_show_what_cannot_be_seen() {
        assert_eq!(excerpt("a\u{200b}b\r\n\0"), "a\\u{200b}b\\r\\n\\u{0}");
        assert_eq!(excerpt("a\u{a0}\u{2003}\u{3000}b"), "a\\u{a0}\\u{2003}\\u{3000}b");
        for character in (0..=0x10_ffff).filter_map(char::from_u32).filter(|character| character.is_whitespace()) {
            assert!(excerpt(&character.to_string()).is_ascii(), "{}", character.escape_unicode());
            assert_eq!(excerpt(&character.to_string()).len() > 1, character != ' ', "{}", character.escape_unicode());
        }
        assert_eq!(excerpt(&"x".repeat(200)).chars().count(), EXCERPT_LENGTH + 1);
    }
}
