//! Byte offsets to lines and columns.

/// Where the lines of a text begin, and how many characters stand before some places: the one line of a bundle may have
/// millions of them. What the standard library counts is compiled with optimisation in every build, unlike what is here.
#[derive(Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    /// Places [`STEP`] bytes apart, each with the characters before it; of ASCII, none.
    characters: Vec<(usize, usize)>,
}

/// How many bytes there are between two counts of characters.
const STEP: usize = 4096;

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        let mut characters = Vec::new();
        if !text.is_ascii() {
            let (mut at, mut before) = (0, 0);
            while at < text.len() {
                characters.push((at, before));
                let next = boundary(text, at + STEP);
                before += text.get(at..next).map_or(0, |part| part.chars().count());
                at = next;
            }
        }
        Self { starts, characters }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub(crate) fn place(&self, text: &str, offset: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.characters_before(text, offset).saturating_sub(self.characters_before(text, start)) + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let offset = boundary(text, offset);
        let step = self.characters.partition_point(|&(at, _)| at <= offset).checked_sub(1);
        let Some(&(at, before)) = step.and_then(|step| self.characters.get(step)) else { return offset };
        before + text.get(at..offset).map_or(0, |part| part.chars().count())
    }
}

/// The start of the character that a byte is in.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
