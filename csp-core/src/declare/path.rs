//! Path of a declared source.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::SourceErrorKind as Kind;
use super::mistake::Mistake;
use super::mistake::Parsed;
use crate::{PathPart, ascii, suggest};

/// Reads `tail`, which begins at `offset` in `text` and is all that follows the authority.
pub(super) fn parse<'a>(text: &str, offset: usize, tail: &'a str) -> Parsed<PathPart<'a>> {
    let (path, rest) = tail.split_at(tail.find(['?', '#']).unwrap_or(tail.len()));
    let before = &text[..offset];
    let at = |position: usize, length: usize| offset + position..offset + position + length;
    let replaced = |path: &str| format!("{before}{path}{rest}");
    if let Some(placeholder) = suggest::placeholder(path) {
        let segment = path[..placeholder.start].rfind('/').map_or(0, |slash| slash + 1);
        let scope = if segment > 1 { "everything below it" } else { "every path of the host" };
        return Err(Mistake::new(
            Kind::PathCharacter,
            at(placeholder.start, placeholder.len()),
            format!("has the placeholder `{}` in its path", suggest::excerpt(&path[placeholder])),
            "sources have no placeholders: browsers drop it, or compare it as it stands",
        )
        .widening(Some((format!("{before}{}", &path[..segment]), scope.to_string())))
        .advice("list the paths"));
    }
    for (position, character) in path.char_indices() {
        match character {
            _ if !character.is_ascii() => {
                return Err(Mistake::new(
                    Kind::NonAsciiPath,
                    at(position, character.len_utf8()),
                    "has a non-ASCII path",
                    "browsers drop the whole directive because of it, and block nothing",
                )
                .fix(replaced(&percent_encoded(path, |character| !character.is_ascii()))));
            }
            '%' => check_escape(path, position).map_err(|(kind, headline, reason, fixed)| {
                let length = path[position..].chars().take(3).map(char::len_utf8).sum();
                Mistake::new(kind, at(position, length), headline, reason)
                    .fix(fixed.map(|fixed| replaced(&fixed)))
                    .advice(format!("remove the `{}`", &path[position..position + length]))
            })?,
            _ if is_encoded(character) => {
                return Err(Mistake::new(
                    Kind::PathCharacter,
                    at(position, 1),
                    format!("has `{}` in its path", suggest::excerpt(&path[position..=position])),
                    "it must be percent-encoded; browsers disagree on it otherwise",
                )
                .fix(replaced(&percent_encoded(path, is_encoded))));
            }
            _ => {}
        }
    }
    check_segments(path).map_err(|(kind, range, headline, reason, fixed)| {
        Mistake::new(kind, at(range.start, range.len()), headline, reason).fix(replaced(&fixed))
    })?;
    if let Some(character) = rest.chars().next() {
        let (kind, headline) = match character {
            '?' => (Kind::Query, "has a query"),
            _ => (Kind::Fragment, "has a fragment"),
        };
        return Err(Mistake::new(
            kind,
            at(path.len(), rest.len()),
            headline,
            format!("browsers cut a source at `{character}` or drop it; neither query nor fragment is ever compared"),
        )
        .fix(format!("{before}{path}")));
    }
    Ok(PathPart::new(path))
}

type EscapeMistake = (Kind, &'static str, &'static str, Option<String>);

fn check_escape(path: &str, position: usize) -> Result<(), EscapeMistake> {
    let bytes = path.as_bytes();
    let digit = |index: usize| bytes.get(index).copied().and_then(ascii::hex_value);
    let (Some(high), Some(low)) = (digit(position + 1), digit(position + 2)) else {
        let fixed = format!("{}%25{}", &path[..position], &path[position + 1..]);
        return Err((
            Kind::PercentEncoding,
            "has a broken percent-encoding",
            "`%` is followed by two hexadecimal digits; browsers disagree otherwise",
            Some(fixed),
        ));
    };
    let fixed = |separator: &str| format!("{}{separator}{}", &path[..position], &path[position + 3..]);
    match high * 16 + low {
        b'/' => Err((
            Kind::EncodedSeparator,
            "has an encoded slash in its path",
            "browsers take it for a slash, many servers do not",
            Some(fixed("/")),
        )),
        b'\\' => Err((
            Kind::EncodedSeparator,
            "has an encoded backslash in its path",
            "some servers take it for a slash",
            None,
        )),
        _ => Ok(()),
    }
}

type SegmentMistake = (Kind, core::ops::Range<usize>, &'static str, &'static str, String);

fn check_segments(path: &str) -> Result<(), SegmentMistake> {
    let Some(relative) = path.strip_prefix('/') else { return Ok(()) };
    let count = relative.split('/').count();
    let mut position = 1;
    for (index, segment) in relative.split('/').enumerate() {
        if segment.is_empty() && index + 1 < count {
            let mut fixed = String::from("/");
            fixed.push_str(&relative.split('/').filter(|segment| !segment.is_empty()).collect::<Vec<_>>().join("/"));
            if path.ends_with('/') && fixed.len() > 1 {
                fixed.push('/');
            }
            return Err((
                Kind::EmptySegment,
                position - 1..position + 1,
                "has an empty segment in its path",
                "browsers disagree on `//` in a path",
                fixed,
            ));
        }
        if is_dot_segment(segment) {
            return Err((
                Kind::DotSegment,
                position..position + segment.len(),
                "has a dot segment in its path",
                "URLs lose their dot segments before they are compared, so this never matches",
                without_dot_segments(relative),
            ));
        }
        position += segment.len() + 1;
    }
    Ok(())
}

fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

fn without_dot_segments(relative: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut slash = false;
    for segment in relative.split('/') {
        slash = is_dot_segment(segment);
        if !slash {
            kept.push(segment);
        } else if segment.to_ascii_lowercase().replace("%2e", ".") == ".." {
            kept.pop();
        }
    }
    let mut fixed = String::from("/");
    fixed.push_str(&kept.join("/"));
    if slash && !kept.is_empty() {
        fixed.push('/');
    }
    fixed
}

/// What a URL parser percent-encodes in a path, or the grammar of policies lacks.
fn is_encoded(character: char) -> bool {
    matches!(character, '"' | '<' | '>' | '[' | ']' | '^' | '`' | '{' | '|' | '}')
}

fn percent_encoded(path: &str, encode: impl Fn(char) -> bool) -> String {
    let mut out = String::new();
    let mut buffer = [0; 4];
    for character in path.chars() {
        if encode(character) {
            for byte in character.encode_utf8(&mut buffer).bytes() {
                out += &format!("%{byte:02X}");
            }
        } else {
            out += &character.to_string();
        }
    }
    out
}
