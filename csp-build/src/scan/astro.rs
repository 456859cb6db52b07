//! Pages of Astro: code that runs on the server above the markup, and braces in it.

use std::ops::Range;

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
