//! MDX: Markdown with imports, exports, elements and code in braces.

use std::ops::Range;

use oxc_span::SourceType;

use super::astro::{expressions, front_matter};
use super::elements::Element;
use super::markup::{Block, is_code};
use super::summary::is_script;
use super::template::closing;
use super::tokens::tag_end;

/// How often a block is tried with one more of what stands between blank lines.
const MOST_PARTS: usize = 32;

/// How many signs may open what nothing closes. To look for that takes as long as the text.
const MOST_UNCLOSED: usize = 100;

/// What is code in a document, apart from what Markdown shows as code.
pub(crate) struct Document {
    /// The text without front matter, blocks of code and modules. Lengths and places stay.
    pub(crate) text: String,
    /// Where imports and exports stand.
    modules: Vec<Range<usize>>,
}

impl Document {
    pub(crate) fn of(text: &str) -> Self {
        let mut masked = text.as_bytes().to_vec();
        let mut modules = Vec::new();
        let mut blank = |range: Range<usize>| {
            let written = masked.get_mut(range).unwrap_or_default();
            written.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
        };
        let mut at = front_matter(text).end;
        blank(0..at);
        // What may stand in a line that begins a block.
        let (mut begins_line, mut begins_block, mut unclosed) = (true, true, 0);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if begins_line {
                let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
                let (is_blank, fence) = (rest[..line].trim().is_empty(), fence(&rest[..line]));
                if let Some(fence) = fence {
                    let end = at + fence_end(rest, fence);
                    blank(at..end);
                    (at, begins_block) = (end, true);
                    continue;
                }
                let is_module = ["import ", "import{", "import\"", "import'", "export ", "export{", "export*"];
                if begins_block && is_module.iter().any(|word| rest.starts_with(word)) {
                    let end = at + module_end(rest);
                    modules.push(at..end);
                    blank(at..end);
                    at = end;
                    continue;
                }
                begins_block = is_blank;
            }
            begins_line = false;
            let bytes = text.as_bytes();
            match bytes[at] {
                b'\n' => (at, begins_line) = (at + 1, true),
                b'\\' => at += 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
                b'`' => {
                    let ticks = rest.len() - rest.trim_start_matches('`').len();
                    // Code goes on to the end of its paragraph at most.
                    let inside = rest[ticks..].find("\n\n").map_or(&rest[ticks..], |end| &rest[ticks..ticks + end]);
                    let end = inside.find(&rest[..ticks]).filter(|_| unclosed <= MOST_UNCLOSED);
                    unclosed += usize::from(end.is_none());
                    let end = end.map_or(ticks, |end| ticks + end + ticks);
                    blank(at..at + end);
                    at += end;
                }
                sign @ (b'{' | b'<') if unclosed <= MOST_UNCLOSED => {
                    let is_tag = bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
                    let end = match sign {
                        b'{' => closing(bytes, at),
                        _ if is_tag => tag_end(bytes, at),
                        _ => Some(at),
                    };
                    unclosed += usize::from(end.is_none());
                    at = end.unwrap_or(at) + 1;
                }
                _ => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        // Only whole characters were replaced, and by ASCII.
        Self { text: String::from_utf8(masked).unwrap_or_else(|_| text.to_owned()), modules }
    }

    /// The blocks of code. Elements that stand in code are a part of that.
    pub(crate) fn blocks(&self, text: &str, elements: &mut Vec<Element>) -> Vec<Block> {
        let kind = SourceType::tsx();
        let mut blocks: Vec<Block> =
            self.modules.iter().map(|module| Block::script(module.start, module.end, kind)).collect();
        let expressions = expressions(&self.text, 0, kind, true);
        let is_within = |at: usize| expressions.iter().any(|piece| piece.range.contains(&at));
        elements.retain(|element| !is_within(element.at));
        let given = elements.iter().flat_map(Element::pieces).filter(|piece| is_code(text, piece, kind)).cloned();
        let given: Vec<_> = given.filter(|piece| !is_within(piece.range.start)).collect();
        blocks.extend(expressions.into_iter().chain(given).map(|piece| Block {
            piece: Some(piece.clone()),
            ..Block::script(piece.range.start, piece.range.end, kind)
        }));
        blocks
    }
}

/// The row of signs that a block of code begins with.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t', '>', '-', '*']);
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(sign).len();
    let (fence, info) = line.split_at(length);
    (length >= 3 && !(sign == '`' && info.contains('`'))).then_some(fence)
}

/// How far it is behind the line that ends a block of code.
fn fence_end(rest: &str, fence: &str) -> usize {
    let mut at = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        at += line.len();
        let inside = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let sign = fence.get(..1).unwrap_or_default();
        if number > 0 && inside.starts_with(fence) && inside.trim_start_matches(sign).is_empty() {
            return at;
        }
    }
    rest.len()
}

/// How far imports and exports go: to a blank line behind which they are whole.
fn module_end(rest: &str) -> usize {
    let (mut at, mut first, mut parts) = (0, None, 0);
    for line in rest.split_inclusive('\n') {
        if line.trim().is_empty() {
            first = first.or(Some(at));
            parts += 1;
            if is_script(&rest[..at], SourceType::tsx()) {
                return at;
            }
            if parts > MOST_PARTS {
                break;
            }
        }
        at += line.len();
    }
    if at == rest.len() && is_script(rest, SourceType::tsx()) { at } else { first.unwrap_or(at) }
}
