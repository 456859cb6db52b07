//! The front matter of Astro's pages: it runs on the server, and says what the components of a page are given.

use std::ops::Range;

use oxc_span::SourceType;

use super::code::Piece;
use super::elements::{DEFINED, Element, Part, Template};
use super::markup::{Block, Document};
use super::summary::is_script;

/// The front matter and the elements of a page as a document of its own; nothing for pages without one, or where it can't be
/// parsed.
pub(crate) fn front(text: &str) -> Option<Document> {
    let range = matter(text)?;
    let body = range.end + FENCE.len() + 1;
    let source_type = SourceType::ts();
    is_script(text.get(range.clone())?, source_type).then_some(())?;
    let mut document = Document { elements: elements(text, body), ..Document::default() };
    document.blocks.push(Block { start: range.start, end: range.end, source_type, piece: None });
    document.elements.retain_mut(|element| {
        // What isn't code by itself would take the rest with it.
        element.attributes.retain(|attribute| {
            attribute.value.iter().all(|part| match part {
                Part::Code(piece) => is_code(text, piece, source_type),
                Part::Text(_) => true,
            })
        });
        !element.attributes.is_empty()
    });
    let pieces: Vec<Piece> = document.elements.iter().flat_map(Element::pieces).cloned().collect();
    document.blocks.extend(pieces.into_iter().map(|piece| Block {
        start: piece.range.start,
        end: piece.range.end,
        source_type,
        piece: Some(piece),
    }));
    Some(document)
}

/// What front matter stands between.
const FENCE: &str = "---";

/// Where the code between the two fences stands.
fn matter(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let start = start + text.get(start..)?.strip_prefix(FENCE).map(|_| FENCE.len())?;
    let end = start + text.get(start..)?.find("\n---")?;
    Some(start..end)
}

/// The components of a body, and the scripts that are given variables.
fn elements(text: &str, from: usize) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut at = from;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('<')).map(|found| at + found) {
        let rest = &text[open..];
        at = open + 1;
        let skipped = [("<!--", "-->"), ("<style", "</style"), ("<script", "</script")];
        if let Some((start, end)) = skipped.iter().find(|(start, _)| rest.starts_with(start)) {
            if *start == "<script" && rest.split('>').next().is_some_and(|tag| tag.contains(DEFINED)) {
                elements.extend(Element::of(rest, open, Template::Astro));
            }
            at = rest.find(end).map_or(text.len(), |found| open + found + end.len());
        } else {
            elements.extend(Element::of(rest, open, Template::Astro));
        }
    }
    elements
}

/// Whether a piece can be parsed, and there is room for the brackets that it needs to stand alone.
fn is_code(text: &str, piece: &Piece, source_type: SourceType) -> bool {
    let Some(code) = text.get(piece.range.clone()) else { return false };
    let before = piece.range.start.checked_sub(2).and_then(|start| text.as_bytes().get(start..piece.range.start));
    let has_room = before.is_some_and(|before| !before.contains(&b'\n'))
        && text.as_bytes().get(piece.range.end).is_some_and(|&behind| behind != b'\n');
    if piece.is_expression {
        has_room && is_script(&format!("({code})"), source_type)
    } else {
        is_script(code, source_type)
    }
}
