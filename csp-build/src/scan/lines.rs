//! Byte offsets to lines and columns.

/// Where the lines of a text begin.
#[derive(Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    /// Whether each byte is a character.
    is_ascii: bool,
    /// How many characters stand before each step: the one line of a bundle may have millions of them.
    characters: Vec<usize>,
}

/// How many bytes there are between two counts of characters.
const STEP: usize = 1024;

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        // These two searches are compiled with optimisation in every build.
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(breaks).collect();
        let is_ascii = text.is_ascii();
        let mut characters = Vec::new();
        if !is_ascii {
            let mut before = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                characters.push(before);
                before += count_starts(chunk);
            }
        }
        Self { starts, is_ascii, characters }
    }

    /// Line and column of a byte, both from 1; columns count characters.
    pub(crate) fn place(&self, text: &str, offset: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.characters_before(text, offset).saturating_sub(self.characters_before(text, start)) + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        if self.is_ascii {
            return offset.min(text.len());
        }
        let step = (offset / STEP).min(self.characters.len().saturating_sub(1));
        let rest = text.as_bytes().get(step * STEP..offset.min(text.len())).unwrap_or_default();
        self.characters.get(step).copied().unwrap_or(0) + count_starts(rest)
    }
}

/// How many characters begin in these bytes.
fn count_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}
