//! As rustc shows them.

use std::io::{self, Write as _};

use annotate_snippets::{Group, Level};
use anstream::AutoStream;
use clap::ColorChoice;
use csp_core::visible;

use super::snippets::{Mark, add, renderer};
use super::{Finding, Findings, Sources};
use crate::outcome::stream;

/// One after the other; if it is to be short, one a line.
pub(super) fn write(findings: &Findings, is_short: bool, color: ColorChoice) -> io::Result<()> {
    let mut out = AutoStream::new(io::stdout().lock(), stream(color));
    let places = findings.list.iter().flat_map(Finding::places);
    let sources = Sources::read(&findings.base, places);
    let renderer = renderer(is_short);
    for finding in &findings.list {
        let text = renderer.render(&[group(finding, &sources, is_short)]);
        writeln!(out, "{text}{}", if is_short { "" } else { "\n" })?;
    }
    out.flush()
}

fn group<'f>(finding: &'f Finding, sources: &'f Sources, is_short: bool) -> Group<'f> {
    let level = match finding.level {
        super::Level::Warning => Level::WARNING,
        super::Level::Error => Level::ERROR,
    };
    let title = level.primary_title(visible(&finding.message)).id(finding.code.as_str());
    let primary = finding.place.iter().map(|place| Mark { place, label: &finding.label, is_primary: true });
    let related = finding.related.iter().map(|related| Mark {
        place: &related.place,
        label: &related.message,
        is_primary: false,
    });
    let marks: Vec<Mark<'_>> = primary.chain(related).collect();
    let mut group = add(Group::with_title(title), &marks, sources, is_short);
    for help in &finding.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    group
}
