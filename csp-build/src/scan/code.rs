//! Where code stands in the tags and texts of templates.

use std::ops::Range;

/// A piece of code in a template, as the range of bytes that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) range: Range<usize>,
    /// An expression, which may begin with a brace; a handler is made of statements.
    pub(crate) is_expression: bool,
}

impl Piece {
    fn expression(range: Range<usize>) -> Self {
        Self { range, is_expression: true }
    }

    pub(crate) fn moved(self, by: usize) -> Self {
        Self { range: self.range.start + by..self.range.end + by, ..self }
    }
}

/// Which pieces of the value of an attribute of Vue's are code that may call something.
pub(crate) fn of_vue(name: &[u8], value: &str) -> Option<Piece> {
    let is_handler = name.starts_with(b"@") || name.starts_with(b"v-on:");
    if is_handler {
        return Some(Piece { range: 0..value.len(), is_expression: false });
    }
    let is_bound = name.starts_with(b":") || name.starts_with(b"v-bind:") || name.starts_with(b".");
    let is_each = name == b"v-for";
    let is_directive = [&b"v-bind"[..], b"v-else-if", b"v-html", b"v-if", b"v-show", b"v-text"].contains(&name);
    if !(is_bound || is_each || is_directive) || !value.contains('(') {
        return None;
    }
    let range = 0..value.len();
    Some(Piece::expression(if is_each { behind_word(value, &[" in ", " of "])? } else { range }))
}

/// The same of Angular's: `(click)`, `[value]`, `*ngFor`.
pub(crate) fn of_angular(name: &[u8], value: &str) -> Option<Piece> {
    let whole = 0..value.len();
    match name {
        [b'(', .., b')'] => Some(Piece { range: whole, is_expression: false }),
        _ if !value.contains('(') => None,
        [b'[', .., b']'] => Some(Piece::expression(without_pipes(value, whole))),
        [b'*', ..] => Some(Piece::expression(microsyntax(value, whole)?)),
        _ => None,
    }
}

/// Whether an attribute is one that Angular alone has.
pub(crate) fn is_of_angular(name: &[u8]) -> bool {
    matches!(name, [b'(', .., b')'] | [b'[', .., b']']) || name.starts_with(b"*ng")
}

/// The code between `{{` and `}}`.
pub(crate) fn interpolations(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("{{")).map(|found| at + found + 2) {
        let Some(end) = text[start..].find("}}").map(|found| start + found) else { break };
        if text[start..end].contains('(') {
            pieces.push(Piece::expression(without_pipes(text, start..end)));
        }
        at = end + 2;
    }
    pieces
}

/// What the blocks of Angular's templates test and go through: `@if (…)`, `@for (item of …; track item)`.
pub(crate) fn blocks(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for word in ["@if", "@else if", "@for", "@switch", "@case"] {
        for (found, _) in text.match_indices(word) {
            let behind = found + word.len();
            let rest = &text[behind..];
            let open = behind + rest.len() - rest.trim_start().len();
            let Some(length) = text[open..].strip_prefix('(').and_then(closing) else { continue };
            let range = open + 1..open + 1 + length;
            if text[range.clone()].contains('(') {
                pieces.extend(microsyntax(text, range).map(Piece::expression));
            }
        }
    }
    pieces
}

/// How far it is to the bracket that closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), _) => quote = Some(open).filter(|_| open != character),
            (None, '"' | '\'' | '`') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') if depth == 0 => return Some(at),
            (None, ')') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The first expression of `let item of load(); index as i`, of `user$ | async as user; else other`.
fn microsyntax(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let inside = &text[range.clone()];
    let end = inside.find(';').unwrap_or(inside.len());
    let head = &inside[..end];
    let head = if head.trim_start().starts_with("let ") || head.contains(" of ") {
        let behind = behind_word(head, &[" of "])?;
        range.start + behind.start..range.start + behind.end
    } else {
        let end = head.rfind(" as ").unwrap_or(head.len());
        range.start..range.start + end
    };
    Some(without_pipes(text, head))
}

/// What follows the first of these words.
fn behind_word(text: &str, words: &[&str]) -> Option<Range<usize>> {
    let starts = words.iter().filter_map(|word| text.find(word).map(|found| found + word.len()));
    starts.min().map(|start| start..text.len())
}

/// Up to the first `|` that isn't one of two, and in no brackets or quotes.
fn without_pipes(text: &str, range: Range<usize>) -> Range<usize> {
    let bytes = text[range.clone()].as_bytes();
    let (mut depth, mut quote, mut at) = (0_usize, None, 0);
    while let Some(&byte) = bytes.get(at) {
        match (quote, byte) {
            (Some(open), _) => quote = Some(open).filter(|_| open != byte),
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, b'(' | b'[' | b'{') => depth += 1,
            (None, b')' | b']' | b'}') => depth = depth.saturating_sub(1),
            (None, b'|') if bytes.get(at + 1) == Some(&b'|') => at += 1,
            (None, b'|') if depth == 0 => return range.start..range.start + at,
            _ => {}
        }
        at += 1;
    }
    range
}
