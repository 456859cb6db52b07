//! Where code stands in the tags and texts of templates.

use std::ops::Range;

/// A piece of code in a template, as the range of bytes that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) range: Range<usize>,
    /// An expression, which may begin with a brace; a handler is made of statements.
    pub(crate) is_expression: bool,
    /// The names that stand for each element of it, as they are written.
    pub(crate) binds: Option<String>,
    /// Names in it may be members of a component that a script of the page has.
    pub(crate) is_of_component: bool,
}

/// What code binds whose members others see by their bare names: `x-data="{ … }"`.
pub(crate) const SCOPE: &str = "{}";

impl Piece {
    pub(crate) fn statements(range: Range<usize>) -> Self {
        Self { range, is_expression: false, binds: None, is_of_component: false }
    }

    pub(crate) fn expression(range: Range<usize>) -> Self {
        Self { range, is_expression: true, binds: None, is_of_component: false }
    }

    pub(crate) fn moved(self, by: usize) -> Self {
        Self { range: self.range.start + by..self.range.end + by, ..self }
    }
}

/// Which pieces of the value of an attribute of Vue's are code that may call something.
pub(crate) fn of_vue(name: &[u8], value: &str) -> Option<Piece> {
    let is_handler = name.starts_with(b"@") || name.starts_with(b"v-on:");
    if is_handler {
        return Some(Piece::statements(0..value.len()));
    }
    if name == b"v-for" {
        let range = behind_word(value, &[" in ", " of "])?;
        let binds = value.get(..range.start - " in ".len()).map(str::to_owned);
        return Some(Piece { binds, ..Piece::expression(range) });
    }
    let is_bound = name.starts_with(b":") || name.starts_with(b"v-bind:") || name.starts_with(b".");
    let is_directive =
        [&b"v-bind"[..], b"v-else-if", b"v-html", b"v-if", b"v-on", b"v-show", b"v-text"].contains(&name);
    ((is_bound || is_directive) && value.contains('(')).then(|| Piece::expression(0..value.len()))
}

/// The same of a page's: what Alpine reads, petite-vue, and Vue where it mounts on the page.
pub(crate) fn of_page(name: &[u8], value: &str) -> Option<Piece> {
    let whole = 0..value.len();
    let calls = value.contains('(');
    let piece = match name {
        b"x-data" | b"v-scope" => {
            let is_scope = !value.trim().is_empty();
            is_scope.then(|| Piece { binds: Some(SCOPE.to_owned()), ..Piece::expression(whole) })
        }
        b"x-for" => of_vue(b"v-for", value),
        b"x-init" | b"x-effect" | b"v-effect" => calls.then(|| Piece::statements(whole)),
        name if name.starts_with(b"x-on:") || name.starts_with(b"x-intersect") => {
            calls.then(|| Piece::statements(whole))
        }
        name if name.starts_with(b"x-") => calls.then(|| Piece::expression(whole)),
        name if name.starts_with(b"@") || name.starts_with(b"v-") || name.starts_with(b":") => {
            of_vue(name, value).filter(|piece| piece.binds.is_some() || calls)
        }
        _ => None,
    };
    piece.map(|piece| Piece { is_of_component: true, ..piece })
}

/// The same of Angular's: `(click)`, `[value]`, `*ngFor`.
pub(crate) fn of_angular(name: &[u8], value: &str) -> Option<Piece> {
    let whole = 0..value.len();
    match name {
        [b'(', .., b')'] => Some(Piece::statements(whole)),
        [b'*', ..] => microsyntax(value, whole),
        [b'[', .., b']'] if value.contains('(') => Some(Piece::expression(without_pipes(value, whole))),
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
            pieces.extend(microsyntax(text, range));
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
fn microsyntax(text: &str, range: Range<usize>) -> Option<Piece> {
    let inside = &text[range.clone()];
    let end = inside.find(';').unwrap_or(inside.len());
    let head = &inside[..end];
    if head.trim_start().starts_with("let ") || head.contains(" of ") {
        let behind = behind_word(head, &[" of "])?;
        let binds = head.get(..behind.start - " of ".len())?.trim_start().trim_start_matches("let ").to_owned();
        let list = without_pipes(text, range.start + behind.start..range.start + behind.end);
        return Some(Piece { binds: Some(binds), ..Piece::expression(list) });
    }
    let end = head.rfind(" as ").unwrap_or(head.len());
    let tested = without_pipes(text, range.start..range.start + end);
    text[tested.clone()].contains('(').then(|| Piece::expression(tested))
}

/// The names in what each element of a list is bound to, each with the member that it stands for: `item`, `(item, index)`,
/// `{ url, name: title }`, `[key, value]`.
pub(crate) fn names(pattern: &str) -> Vec<(String, Option<String>)> {
    let pattern = pattern.trim().trim_start_matches('(').trim_start();
    let is_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    let name = |text: &str| -> String { text.trim().chars().take_while(|&character| is_name(character)).collect() };
    let inside = |open: char, close: char| pattern.strip_prefix(open)?.split(close).next();
    if let Some(members) = inside('{', '}') {
        let members = members.split(',').map(|member| match member.split_once(':') {
            Some((of, alias)) => (name(alias), Some(name(of))),
            None => (name(member), Some(name(member))),
        });
        return members.filter(|(name, _)| !name.is_empty()).collect();
    }
    if let Some(elements) = inside('[', ']') {
        let elements = elements.split(',').enumerate().map(|(place, element)| (name(element), Some(place.to_string())));
        return elements.filter(|(name, _)| !name.is_empty()).collect();
    }
    vec![(name(pattern), None)]
}

/// What follows the first of these words.
fn behind_word(text: &str, words: &[&str]) -> Option<Range<usize>> {
    let starts = words.iter().filter_map(|word| text.find(word).map(|found| found + word.len()));
    starts.min().map(|start| start..text.len())
}

/// Up to the first `|` that isn't one of two, and in no brackets or quotes.
pub(crate) fn without_pipes(text: &str, range: Range<usize>) -> Range<usize> {
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
