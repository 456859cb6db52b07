//! As rustc shows them.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write as _};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use anstream::AutoStream;
use clap::ColorChoice;
use csp_core::visible;

use super::{Finding, Findings, Place};
use crate::outcome::stream;

/// Longer lines, of bundles, are not shown.
const LONGEST_LINE: usize = 400;

pub(super) fn write(findings: &Findings, color: ColorChoice) -> io::Result<()> {
    let mut out = AutoStream::new(io::stdout().lock(), stream(color));
    let mut sources: HashMap<&str, Option<String>> = HashMap::new();
    for finding in &findings.list {
        let source = finding.place.as_ref().and_then(|place| {
            sources
                .entry(&place.file)
                .or_insert_with(|| fs::read_to_string(findings.base.join(&place.file)).ok())
                .as_deref()
        });
        // The stream takes the colours out where they are not wanted.
        writeln!(out, "{}\n", Renderer::styled().render(&[group(finding, source)]))?;
    }
    out.flush()
}

fn group<'f>(finding: &'f Finding, source: Option<&'f str>) -> Group<'f> {
    let level = match finding.level {
        super::Level::Warning => Level::WARNING,
        super::Level::Error => Level::ERROR,
    };
    let title = level.primary_title(visible(&finding.message)).id(finding.code.as_str());
    let mut group = Group::with_title(title);
    if let Some(place) = &finding.place {
        let path = visible(&place.file);
        match source.and_then(|source| part(source, place)) {
            Some((line, range)) => {
                let annotation = AnnotationKind::Primary.span(range).label(visible(&finding.label));
                let snippet = Snippet::source(line).line_start(place.line).path(path).annotation(annotation);
                group = group.element(snippet);
            }
            None => group = group.element(Origin::path(path).line(place.line).char_column(place.column)),
        }
    }
    for help in &finding.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    group
}

/// The line of a place, and what of it is meant: up to the parenthesis, the blank or the comma.
fn part<'s>(source: &'s str, place: &Place) -> Option<(&'s str, std::ops::Range<usize>)> {
    let line = source.lines().nth(place.line.checked_sub(1)?)?;
    if line.len() > LONGEST_LINE {
        return None;
    }
    let start = line.char_indices().map(|(offset, _)| offset).nth(place.column.checked_sub(1)?)?;
    let rest = &line[start..];
    let constructed = rest.strip_prefix("new ").map_or(0, |_| "new ".len());
    let length = match rest.strip_prefix('"').and_then(|rest| rest.find('"')) {
        Some(end) => end + 2,
        None => {
            let is_end = |character: char| character.is_whitespace() || "(),;\"'`".contains(character);
            rest[constructed..].find(is_end).unwrap_or(rest.len() - constructed) + constructed
        }
    };
    Some((line, start..start + length.max(1).min(rest.len())))
}
