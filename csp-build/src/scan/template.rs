//! The code in the templates of components: it sees the scope of the component's script.

use std::ops::Range;

use oxc_span::SourceType;

use super::code::Piece;
use super::summary::is_script;
use super::tokens::{ATTEMPTS, skipped};

/// A Svelte component whose expressions in braces are masked, so that they are no tags and no ends of them.
pub(crate) struct Masked {
    pub(crate) text: String,
    /// What stood in the braces and may call something.
    pub(crate) expressions: Vec<Piece>,
}

/// Masks the expressions of a Svelte component. Lengths and places stay.
pub(crate) fn mask(text: &str) -> Masked {
    let bytes = text.as_bytes();
    let mut masked = bytes.to_vec();
    let mut expressions = Vec::new();
    let (mut at, mut attempts) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte == b'<'
            && let Some(end) = skipped(bytes, at)
        {
            at = end.max(at + 1);
        } else if byte == b'{' {
            let Some(end) = closing(bytes, at) else { break };
            // What seems to be code, and isn't, would take the scripts in it with it.
            if attempts < ATTEMPTS && hides_script(&text[at + 1..end]) {
                attempts += 1;
                at += 1;
                continue;
            }
            masked[at + 1..end].fill(b'x');
            expressions.extend(expression(text, at + 1..end));
            at = end + 1;
        } else {
            at += 1;
        }
    }
    // Only whole expressions were replaced, and by ASCII.
    Masked { text: String::from_utf8(masked).unwrap_or_else(|_| text.to_owned()), expressions }
}

/// Whether there is a script in what is no expression.
fn hides_script(inside: &str) -> bool {
    if !inside.contains("<script") {
        return false;
    }
    let code = inside.trim_start_matches(['#', ':', '@', '/']);
    let code = if code.len() == inside.len() { code } else { code.trim_start_matches(char::is_alphanumeric) };
    !is_script(&format!("({code})"), SourceType::ts())
}

fn find(text: &[u8], from: usize, what: &str) -> Option<usize> {
    let rest = text.get(from..)?;
    let found = rest.windows(what.len()).position(|window| window.eq_ignore_ascii_case(what.as_bytes()))?;
    Some(from + found)
}

/// The brace that closes this one, past strings, comments and other brackets.
pub(crate) fn closing(text: &[u8], open: usize) -> Option<usize> {
    // Braces of templates within braces: what a `}` goes back to.
    let mut within = vec![b'{'];
    let mut at = open + 1;
    while let Some(&byte) = text.get(at) {
        match (*within.last()?, byte) {
            (b'`', b'`') => drop(within.pop()),
            (b'`', b'$') if text.get(at + 1) == Some(&b'{') => {
                within.push(b'{');
                at += 1;
            }
            (_, b'\\') => at += 1,
            (b'`', _) => {}
            (_, quote @ (b'"' | b'\'')) => at = string_end(text, at, quote)?,
            (_, b'`') => within.push(b'`'),
            (_, b'/') if text.get(at + 1) == Some(&b'*') => at = find(text, at + 2, "*/")? + 1,
            (_, b'/') if text.get(at + 1) == Some(&b'/') => at = find(text, at + 2, "\n")?,
            // `{/if}` closes a block.
            (_, b'/') if at > open + 1 && is_value_expected(&text[open + 1..at]) => {
                at = pattern_end(text, at).unwrap_or(at);
            }
            (_, b'{') => within.push(b'{'),
            (_, b'}') => {
                within.pop();
                if within.is_empty() {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether a value begins here, so that a slash begins a regular expression and divides nothing.
fn is_value_expected(before: &[u8]) -> bool {
    let before = before.trim_ascii_end();
    let word = before.iter().rposition(|&byte| !byte.is_ascii_alphanumeric() && byte != b'_' && byte != b'$');
    let word = &before[word.map_or(0, |at| at + 1)..];
    match (word, before.last()) {
        ([], last) => last.is_none_or(|last| !matches!(last, b')' | b']' | b'}' | b'"' | b'\'' | b'`')),
        (word, _) => [&b"return"[..], b"typeof", b"case", b"in", b"of", b"await", b"html", b"if"].contains(&word),
    }
}

/// The slash that ends a regular expression; one on another line is none.
fn pattern_end(text: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut is_class) = (start + 1, false);
    loop {
        match *text.get(at)? {
            b'\n' => return None,
            b'\\' => at += 1,
            b'[' => is_class = true,
            b']' => is_class = false,
            b'/' if !is_class => return Some(at),
            _ => {}
        }
        at += 1;
    }
}

fn string_end(text: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match *text.get(at)? {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}

/// The expression in braces, without the word of a block: `#await fetch(url) then answer`.
fn expression(text: &str, braces: Range<usize>) -> Option<Piece> {
    let inside = text.get(braces.clone())?;
    let words = ["#if ", ":else if ", "#each ", "#await ", "#key ", "@html ", "@render ", "@const "];
    let (word, start) = words
        .iter()
        .find_map(|word| inside.strip_prefix(word).map(|_| (word.trim_end(), word.len())))
        .unwrap_or_default();
    if word.is_empty() && inside.starts_with(['#', ':', '@', '/', '.']) {
        return None;
    }
    let rest = &inside[start..];
    let length = match word {
        "#each" => rest.rfind(" as "),
        "#await" => rest.find(" then").or_else(|| rest.find(" catch")),
        _ => None,
    };
    let start = braces.start + start;
    let piece = Piece::statements(start..start + length.unwrap_or(rest.len()));
    if let ("#each", Some(length)) = (word, length) {
        return Some(Piece { binds: rest.get(length + " as ".len()..).map(str::to_owned), ..piece });
    }
    Some(piece).filter(|piece| text[piece.range.clone()].contains('('))
}
