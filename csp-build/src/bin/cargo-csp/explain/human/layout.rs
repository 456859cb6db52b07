//! Tokens in rows, and marks beneath them.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::Style;

use super::style::{FAINT, GUTTER, PLAIN};

/// How wide a row may become, in characters.
pub(super) const WIDTH: usize = 96;

/// How far the rows of a directive after its first are indented.
const INDENT: usize = 4;

/// One token of a row.
pub(super) struct Token {
    text: String,
    style: Style,
    marks: Vec<Mark>,
    label: Option<(String, Style)>,
}

/// A run of one character beneath a part of a token.
struct Mark {
    range: Range<usize>,
    character: char,
    style: Style,
}

/// Tokens that stand in one line.
struct Row {
    indent: usize,
    tokens: Vec<Token>,
}

impl Token {
    /// `text` may be anything: what could not be seen is escaped, what is too long cut.
    pub(super) fn new(text: &str, style: Style) -> Self {
        Self { text: csp_core::excerpt(text), style, marks: Vec::new(), label: None }
    }

    /// Marks all of the token.
    pub(super) fn mark(self, character: char, style: Style) -> Self {
        let whole = 0..self.width();
        self.mark_part(whole, character, style)
    }

    /// Marks a part of the token; later marks go over earlier ones.
    pub(super) fn mark_part(mut self, range: Range<usize>, character: char, style: Style) -> Self {
        let start = range.start.min(self.width());
        // What is absent is marked where it would stand.
        let end = range.end.min(self.width()).max(start + 1);
        self.marks.push(Mark { range: start..end, character, style });
        self
    }

    /// Says something about what is marked.
    pub(super) fn label(mut self, label: impl Into<String>, style: Style) -> Self {
        self.label = Some((label.into(), style));
        self
    }

    pub(super) fn then(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }

    /// The first marked column that the label speaks of.
    fn marked_column(&self) -> usize {
        self.marks.last().map_or(0, |mark| mark.range.start)
    }
}

/// Writes the tokens in at most `most` rows; a run of rows without a label gives way first.
pub(super) fn write_rows(out: &mut dyn Write, tokens: Vec<Token>, most: usize) -> io::Result<()> {
    let rows = wrap(tokens);
    let kept = keep(&rows, most);
    let mut index = 0;
    while index < rows.len() {
        let omitted = kept[index..].iter().take_while(|kept| !**kept).count();
        if omitted > 0 {
            let tokens: usize = rows[index..index + omitted].iter().map(|row| row.tokens.len()).sum();
            write_gutter(out, INDENT)?;
            writeln!(out, "{FAINT}… {tokens} more …{FAINT:#}")?;
            index += omitted;
        } else {
            rows[index].write(out)?;
            index += 1;
        }
    }
    Ok(())
}

/// The words of a text in lines of at most that many characters, where no word is longer.
pub(super) fn fold(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The empty row.
pub(super) fn write_blank(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{GUTTER}  |{GUTTER:#}")
}

fn write_gutter(out: &mut dyn Write, indent: usize) -> io::Result<()> {
    write!(out, "{GUTTER}  |{GUTTER:#} {:indent$}", "")
}

fn wrap(tokens: Vec<Token>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut column = 0;
    for token in tokens {
        let width = token.width();
        match rows.last_mut() {
            Some(row) if column + 1 + width <= WIDTH => {
                column += 1 + width;
                row.tokens.push(token);
            }
            last => {
                let indent = if last.is_some() { INDENT } else { 0 };
                column = indent + width;
                rows.push(Row { indent, tokens: vec![token] });
            }
        }
    }
    rows
}

/// Which rows are written: all if they are few, else the first, those with a label, and of the others the first ones.
fn keep(rows: &[Row], most: usize) -> Vec<bool> {
    // A note that something is left out takes a row too.
    if rows.len() <= most + 1 {
        return vec![true; rows.len()];
    }
    let is_labelled = |row: &Row| row.tokens.iter().any(|token| token.label.is_some());
    let mut kept: Vec<_> = rows.iter().map(is_labelled).collect();
    let mut left = most.saturating_sub(kept.iter().filter(|kept| **kept).count()).max(1);
    for kept in &mut kept {
        if !*kept && left > 0 {
            *kept = true;
            left -= 1;
        }
    }
    kept
}

impl Row {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write_gutter(out, self.indent)?;
        for (index, Token { text, style, .. }) in self.tokens.iter().enumerate() {
            let blank = if index > 0 { " " } else { "" };
            write!(out, "{blank}{style}{text}{style:#}")?;
        }
        writeln!(out)?;
        let cells = self.marks();
        if cells.is_empty() {
            return Ok(());
        }
        write_gutter(out, 0)?;
        write_cells(out, &cells)?;
        let mut column = self.indent;
        for token in &self.tokens {
            if let Some((label, style)) = &token.label {
                write_label(out, label, *style, column + token.marked_column(), column + token.width(), cells.len())?;
            }
            column += token.width() + 1;
        }
        if !self.tokens.iter().any(|token| token.label.is_some()) {
            writeln!(out)?;
        }
        Ok(())
    }

    /// What stands beneath each column.
    fn marks(&self) -> Vec<(char, Style)> {
        let mut cells = Vec::new();
        let mut column = self.indent;
        for token in &self.tokens {
            for mark in &token.marks {
                let range = column + mark.range.start..column + mark.range.end;
                if cells.len() < range.end {
                    cells.resize(range.end, (' ', PLAIN));
                }
                cells[range].fill((mark.character, mark.style));
            }
            column += token.width() + 1;
        }
        cells
    }
}

fn write_cells(out: &mut dyn Write, cells: &[(char, Style)]) -> io::Result<()> {
    for run in cells.chunk_by(|left, right| left.1 == right.1) {
        let style = run[0].1;
        let text: String = run.iter().map(|cell| cell.0).collect();
        write!(out, "{style}{text}{style:#}")?;
    }
    Ok(())
}

/// Beside the last mark where there is room, else beneath the mark that it speaks of.
fn write_label(
    out: &mut dyn Write,
    label: &str,
    style: Style,
    column: usize,
    end: usize,
    marked: usize,
) -> io::Result<()> {
    let length = label.chars().count();
    // What is absent is marked just behind the token.
    if marked <= end + 1 && marked + 1 + length <= WIDTH {
        return writeln!(out, " {style}{label}{style:#}");
    }
    writeln!(out)?;
    write_gutter(out, column.min(WIDTH.saturating_sub(length)))?;
    writeln!(out, "{style}{label}{style:#}")
}
