//! The files that findings are in.

use std::collections::HashMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use super::Place;

/// By their names, as places have them.
pub(crate) struct Sources(HashMap<String, Source>);

/// A file, with where its lines begin.
pub(crate) struct Source {
    text: String,
    starts: Vec<usize>,
}

impl Sources {
    /// What can be read of the files of these places, which are told from a folder.
    pub(crate) fn read<'p>(base: &Path, places: impl Iterator<Item = &'p Place>) -> Self {
        let mut sources = HashMap::new();
        for place in places {
            if !sources.contains_key(&place.file) {
                let source = fs::read_to_string(base.join(&place.file)).ok().map(Source::new);
                sources.insert(place.file.clone(), source);
            }
        }
        let read = sources.into_iter().filter_map(|(file, source)| Some((file, source?)));
        Self(read.collect())
    }

    pub(crate) fn get(&self, file: &str) -> Option<&Source> {
        self.0.get(file)
    }

    /// The line of a place, and what of it is meant.
    pub(crate) fn part(&self, place: &Place) -> Option<(&str, Range<usize>)> {
        self.get(&place.file)?.part(place)
    }
}

impl Source {
    fn new(text: String) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
        Self { text, starts }
    }

    /// How far behind the beginning of a line another one begins; both from 1.
    pub(crate) fn distance(&self, first: usize, line: usize) -> Option<usize> {
        let start = |line: usize| self.starts.get(line.checked_sub(1)?);
        start(line)?.checked_sub(*start(first)?)
    }

    /// The text of these lines, from 1.
    pub(crate) fn lines(&self, lines: Range<usize>) -> Option<&str> {
        let start = *self.starts.get(lines.start.checked_sub(1)?)?;
        let end = self.starts.get(lines.end.checked_sub(1)?).copied().unwrap_or(self.text.len());
        self.text.get(start..end)
    }

    /// A line without its end.
    pub(crate) fn line(&self, line: usize) -> Option<&str> {
        let text = self.lines(line..line + 1)?;
        let text = text.strip_suffix('\n').unwrap_or(text);
        Some(text.strip_suffix('\r').unwrap_or(text))
    }

    /// The line of a place, and what of it is meant: up to the parenthesis, the blank or the comma.
    pub(crate) fn part(&self, place: &Place) -> Option<(&str, Range<usize>)> {
        let line = self.line(place.line)?;
        let column = place.column.checked_sub(1)?;
        // In the longest lines, those of bundles, there is much to count.
        let start = if line.is_ascii() {
            (column < line.len()).then_some(column)?
        } else {
            line.char_indices().map(|(offset, _)| offset).nth(column)?
        };
        let rest = &line[start..];
        let constructed = rest.strip_prefix("new ").map_or(0, |_| "new ".len());
        let length = match rest.strip_prefix('"').and_then(|rest| rest.find('"')) {
            Some(end) => end + 2,
            None => {
                let is_end = |character: char| character.is_whitespace() || "(),;]}\"'`".contains(character);
                rest[constructed..].find(is_end).unwrap_or(rest.len() - constructed) + constructed
            }
        };
        // At least one character is marked.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        Some((line, start..start + length.max(first)))
    }
}
