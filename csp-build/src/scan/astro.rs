//! Pages of Astro: code that runs on the server above the markup, and braces in it.
//!
//! What runs on the server calls nothing in the page, but gives its islands and scripts their URLs.

use std::ops::Range;

use oxc_span::SourceType;

use super::code::Piece;
use super::elements::{Element, Template, VARIABLES};
use super::language::Markup;
use super::markup::{Block, is_code};
use super::summary::{Expr, OfTemplate, Parsed, Property, Summary, component, is_script};
use super::template::{Masked, closing};
use super::tokens::{ATTEMPTS, skipped, tag_end};

const FENCE: &str = "---";

/// Where the part between two `---` stands, with them; empty where there is none.
pub(crate) fn front_matter(text: &str) -> Range<usize> {
    let mut start = text.len() - text.trim_start_matches(|next: char| next.is_whitespace() || next == '\u{feff}').len();
    // Comments may stand before it.
    while let Some(rest) = text.get(start..).and_then(|text| text.strip_prefix("<!--")) {
        let Some(end) = rest.find("-->") else { return 0..0 };
        let behind = &rest[end + 3..];
        start = text.len() - behind.trim_start().len();
    }
    let Some(rest) = text.get(start..).and_then(|text| text.strip_prefix(FENCE)) else { return 0..0 };
    let is_alone = rest.lines().next().is_none_or(|first| first.trim().is_empty());
    let begins_line = |at: usize| rest[..at].rfind('\n').is_some_and(|line| rest[line..at].trim().is_empty());
    match rest.match_indices(FENCE).find(|(at, _)| !is_alone || begins_line(*at)) {
        Some((end, _)) => start..start + FENCE.len() + end + FENCE.len(),
        None => 0..0,
    }
}

/// Masks the code in tags, so that it ends none, and comments of code. Lengths and places stay.
pub(crate) fn mask(text: &str) -> Masked {
    let bytes = text.as_bytes();
    let mut masked = bytes.to_vec();
    let last_comment = text.rfind("*/").unwrap_or(0);
    let (mut at, mut unclosed) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        // To look for an end that isn't there takes as long as the text.
        if unclosed > ATTEMPTS {
            break;
        }
        if byte == b'<' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
            let Some(end) = tag_end(bytes, at) else {
                (at, unclosed) = (at + 1, unclosed + 1);
                continue;
            };
            let inside = skipped(bytes, at);
            mask_tag(bytes, at..end, &mut masked);
            at = inside.unwrap_or(end).max(at + 1);
        } else if let (b'<', Some(end)) = (byte, skipped(bytes, at)) {
            at = end.max(at + 1);
        } else if let (b'{', Some(end)) = (byte, comment_end(bytes, at, last_comment)) {
            fill(&mut masked, at + 1..end);
            at = end;
        } else {
            at += 1;
        }
    }
    // Only code was replaced, and by ASCII.
    Masked { text: String::from_utf8(masked).unwrap_or_else(|_| text.to_owned()), expressions: Vec::new() }
}

fn mask_tag(text: &[u8], tag: Range<usize>, masked: &mut [u8]) {
    let mut at = tag.start;
    while at < tag.end {
        match text[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                let length = text[at + 1..tag.end].iter().position(|&byte| byte == quote).unwrap_or(0);
                if quote == b'`' {
                    fill(masked, at + 1..at + 1 + length);
                }
                at += length + 1;
            }
            b'{' => {
                let Some(end) = closing(text, at).filter(|&end| end < tag.end) else { return };
                fill(masked, at + 1..end);
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether the value of an attribute is masked code.
pub(crate) fn is_masked(value: &str) -> bool {
    let inside = value.strip_prefix('{').and_then(|value| value.trim_end_matches('/').strip_suffix('}'));
    inside.is_some_and(|inside| inside.bytes().all(|byte| matches!(byte, b'x' | b'\n')))
}

fn fill(masked: &mut [u8], range: Range<usize>) {
    masked.get_mut(range).unwrap_or_default().iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'x');
}

/// The most that stands between a brace and a comment.
const SPACES: usize = 64;

/// The end of the comment that is all of what is in a brace.
fn comment_end(text: &[u8], open: usize, last: usize) -> Option<usize> {
    let rest = text.get(open + 1..last + 2)?;
    let start = rest.iter().take(SPACES).position(|byte| !byte.is_ascii_whitespace())?;
    let comment = rest.get(start..)?.strip_prefix(b"/*")?;
    let end = comment.windows(2).position(|pair| pair == b"*/")?;
    Some(open + 1 + start + 2 + end + 2)
}

/// The blocks of code that run on the server. Elements that stand in code of the markup are a part of that.
pub(crate) fn of_server(text: &str, front_matter: Range<usize>, elements: &mut Vec<Element>) -> Vec<Block> {
    let code = front_matter.start + FENCE.len()..front_matter.end.saturating_sub(FENCE.len());
    let front = text.get(code.clone()).unwrap_or_default();
    // Types in angle brackets are none beside JSX.
    let kind = if is_script(front, SourceType::tsx()) { SourceType::tsx() } else { SourceType::ts() };
    let mut blocks = Vec::new();
    if !front.is_empty() {
        blocks.push(Block::script(code.start, code.end, kind));
    }
    let expressions = expressions(text, front_matter.end, kind, false);
    elements.retain(|element| !expressions.iter().any(|piece| piece.range.contains(&element.at)));
    let given = elements.iter().flat_map(Element::pieces).filter(|piece| is_code(text, piece, kind)).cloned();
    let pieces: Vec<Piece> = expressions.into_iter().chain(given).collect();
    blocks.extend(
        pieces.into_iter().map(|piece| Block {
            piece: Some(piece.clone()),
            ..Block::script(piece.range.start, piece.range.end, kind)
        }),
    );
    blocks
}

/// A page without the comments of its markup, which code between braces may have in it. Lengths and places stay.
pub(crate) fn without_comments(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = front_matter(text).end;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("<!--")).map(|found| at + found) {
        let Some(end) = text[start..].find("-->").map(|found| start + found + 3) else { break };
        bytes[start..end].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        at = end;
    }
    // Only whole comments were replaced, and by ASCII.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The code in braces between tags, as far as it is code with markup in it as JSX has it.
/// In tags only where that is asked for.
pub(crate) fn expressions(text: &str, from: usize, kind: SourceType, in_tags: bool) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let (mut pieces, mut at, mut failed) = (Vec::new(), from, 0);
    while let Some(&byte) = bytes.get(at) {
        if failed > MOST_FAILED {
            break;
        }
        match byte {
            b'<' => {
                let is_tag = bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
                if let (true, true, Some(end)) = (in_tags, is_tag, tag_end(bytes, at)) {
                    pieces.extend(values(text, at..end, kind));
                }
                let end = skipped(bytes, at).or_else(|| is_tag.then(|| tag_end(bytes, at)).flatten());
                failed += usize::from(is_tag && end.is_none());
                at = end.unwrap_or(at).max(at + 1);
            }
            b'{' => {
                // A quote may be one of a text.
                let ends = [closing(bytes, at), brace(bytes, at)];
                let is_piece = |end: &usize| is_code(text, &Piece::statements(at + 1..*end), kind);
                match ends.into_iter().flatten().find(is_piece) {
                    Some(end) => {
                        pieces.push(Piece::statements(at + 1..end));
                        at = end + 1;
                    }
                    None => (at, failed) = (at + 1, failed + 1),
                }
            }
            _ => at += 1,
        }
    }
    pieces
}

/// The code in the attributes of an element of HTML: that of a component is given to it.
fn values(text: &str, tag: Range<usize>, kind: SourceType) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let (mut pieces, mut at) = (Vec::new(), tag.start);
    if !bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) {
        return pieces;
    }
    while at < tag.end {
        match bytes[at] {
            quote @ (b'"' | b'\'') => {
                at += 1 + bytes[at + 1..tag.end].iter().position(|&byte| byte == quote).unwrap_or(0);
            }
            b'{' => {
                let Some(end) = closing(bytes, at) else { break };
                pieces.extend(Some(Piece::expression(at + 1..end)).filter(|piece| is_code(text, piece, kind)));
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    pieces
}

/// How many braces may hold what can't be parsed.
const MOST_FAILED: usize = 100;

/// The brace that closes this one, whatever stands between.
fn brace(text: &[u8], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.iter().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What the page says beside its scripts, before them.
pub(crate) fn summary(script: &str, kind: SourceType, elements: &[Element], markup: Markup) -> Parsed {
    let of_template = OfTemplate { template: Template::of(markup), code: &[], elements };
    let mut parsed = component(script, kind, of_template);
    if markup != Markup::Astro {
        return parsed;
    }
    let summary = &mut parsed.summary;
    let properties = summary.exports.get("default").map(|&component| summary.expression(component).clone());
    let Some(Expr::Function(function)) = properties else { return parsed };
    let is_astro = |summary: &Summary, of: u32| *summary.expression(of) == Expr::Global("Astro".to_owned());
    for place in 0..summary.expressions.len() {
        let Some(Expr::Member(of, name)) = summary.expressions.get(place) else { continue };
        let known = match (name.as_str(), summary.expression(*of)) {
            ("props", _) if is_astro(summary, *of) => Expr::Parameter { function, index: 0 },
            ("url", _) if is_astro(summary, *of) => Expr::Global("location".to_owned()),
            ("url", Expr::Member(of, name)) if name == "request" && is_astro(summary, *of) => {
                Expr::Member(summary.add(Expr::Global("location".to_owned())), "href".to_owned())
            }
            _ => continue,
        };
        if let Some(expression) = summary.expressions.get_mut(place) {
            *expression = known;
        }
    }
    // An element in a list is made on the server, and what it stands for may run in the page.
    let mut calls = std::mem::take(&mut summary.calls);
    for site in &mut calls {
        if let Expr::Call(callee, _) = summary.expression(site.expression) {
            site.is_on_server &= !matches!(summary.expression(*callee), Expr::Function(_));
        }
    }
    summary.calls = calls;
    parsed
}

/// Adds the scripts of a page to what it says beside them; `define:vars` gives them variables.
pub(crate) fn with_scripts(page: &mut Summary, scripts: Summary) {
    let names: Vec<String> = page.exports.keys().filter(|name| name.starts_with(VARIABLES)).cloned().collect();
    let given: Vec<u32> = names.iter().filter_map(|name| page.exports.remove(name)).collect();
    let mut variables = Vec::new();
    for object in given {
        let Expr::Object(properties) = page.expression(object) else { continue };
        variables.extend(properties.iter().filter_map(|property| match property {
            Property::Named(name, value) => Some((name.clone(), *value)),
            Property::Spread(_) | Property::Computed(_) => None,
        }));
    }
    let start = page.append(scripts);
    for expression in page.expressions.iter_mut().skip(start) {
        if let Expr::Global(name) = expression {
            let values: Vec<u32> =
                variables.iter().filter(|(variable, _)| variable == name).map(|(_, value)| *value).collect();
            if !values.is_empty() {
                *expression = Expr::Either(values);
            }
        }
    }
}
