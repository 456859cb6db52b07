//! Byte offsets to lines and columns.

/// How many bytes there are between two counts of characters.
const STEP: usize = 1024;

/// Where the lines of a text begin, and how many characters stand before each step: the one line of a bundle may have
/// millions of them.
pub(crate) struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        let characters = text.as_bytes().chunks(STEP).scan(0, |before, chunk| {
            let here = *before;
            *before += count_starts(chunk);
            Some(here)
        });
        let characters = characters.collect();
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
        let step = (offset / STEP).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(step * STEP..offset.min(text.len())).unwrap_or_default();
        self.characters.get(step).copied().unwrap_or(0) + count_starts(rest)
    }
}

/// How many characters begin in these bytes.
fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}
