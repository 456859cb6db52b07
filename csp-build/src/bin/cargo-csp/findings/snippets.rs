//! Places in their files, as rustc shows them.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use csp_core::visible;

use super::Place;
use super::sources::{Source, Sources};

/// Longer lines, of bundles, are not shown.
const LONGEST_LINE: usize = 400;

/// Places that are further apart are shown apart.
const WINDOW: usize = 100;

/// The width of the page where there is no terminal.
const WIDTH: usize = 140;

/// A place and what is said of it.
pub(crate) struct Mark<'m> {
    pub(crate) place: &'m Place,
    pub(crate) label: &'m str,
    /// Whether it is what the message is about.
    pub(crate) is_primary: bool,
}

/// A page of the terminal's width. Without what is in the files, if it is to be short.
pub(crate) fn renderer(is_short: bool) -> Renderer {
    let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0.into());
    // What writes it takes the colours out where they are not wanted.
    Renderer::styled().term_width(width).short_message(is_short)
}

/// Adds the places to a message: those of one file together, in the order in which the files come. A short message names the
/// first of them and shows none.
pub(crate) fn add<'s>(mut group: Group<'s>, marks: &[Mark<'_>], sources: &'s Sources, is_short: bool) -> Group<'s> {
    let mut files: Vec<&str> = Vec::new();
    for mark in marks {
        if !files.contains(&mark.place.file.as_str()) {
            files.push(&mark.place.file);
        }
    }
    for file in files {
        let mut own: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.place.file == file).collect();
        own.sort_by_key(|mark| mark.place.line);
        let source = sources.get(file);
        for window in own.chunk_by(|left, right| source.is_some_and(|source| are_near(left.place, right.place, source)))
        {
            match source.and_then(|source| snippet(window, source)) {
                Some(snippet) => group = group.element(snippet.path(visible(file))),
                None if is_short => group = group.elements(window.iter().map(|mark| named(mark))),
                None => group = bare(group, window),
            }
        }
    }
    group
}

/// Whether two places can stand in one piece of the file.
fn are_near(left: &Place, right: &Place, source: &Source) -> bool {
    let lines = left.line..right.line + 1;
    lines.len() <= WINDOW && lines.clone().all(|line| source.line(line).is_some_and(|line| line.len() <= LONGEST_LINE))
}

/// The lines from the first place to the last one; `None` if one isn't there, or is too long.
fn snippet<'s>(window: &[&Mark<'_>], source: &'s Source) -> Option<Snippet<'s, Annotation<'s>>> {
    let (first, last) = (window.first()?.place.line, window.last()?.place.line);
    let text = source.lines(first..last + 1)?;
    let mut annotations = Vec::new();
    for mark in window {
        let (_, part) = source.part(mark.place).filter(|(line, _)| line.len() <= LONGEST_LINE)?;
        let offset = source.distance(first, mark.place.line)?;
        let kind = if mark.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        annotations.push(kind.span(offset + part.start..offset + part.end).label(visible(mark.label)));
    }
    Some(Snippet::source(text).line_start(first).annotations(annotations))
}

/// A place for a message that shows nothing of it.
fn named<'s>(mark: &Mark<'_>) -> Snippet<'s, Annotation<'s>> {
    let Place { file, line, column } = mark.place;
    let before = column.saturating_sub(1);
    let kind = if mark.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let blank = Snippet::source(" ".repeat(column + 1)).line_start(*line).path(visible(file));
    blank.annotation(kind.span(before..before + 1).label(visible(mark.label)))
}

/// Where the places are, without what is there.
fn bare<'s>(mut group: Group<'s>, window: &[&Mark<'_>]) -> Group<'s> {
    for mark in window {
        let Place { file, line, column } = mark.place;
        group = group.element(Origin::path(visible(file)).line(*line).char_column(*column));
        if !mark.label.is_empty() {
            group = group.element(Level::NOTE.message(visible(mark.label)));
        }
    }
    group
}
