//! The report for people: each origin with calls that lead to it, what is not known, and a table of all.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};

use annotate_snippets::{Group, Level};
use anstream::AutoStream;
use anstyle::{AnsiColor, Effects, Style};
use clap::ColorChoice;
use csp_build::scan::{Endpoint, Report};
use csp_core::visible;

use crate::findings::{Findings, Mark, Place, Sources, add, renderer};
use crate::options::FindingsFormatOption;
use crate::outcome::{counted, remark, stream};

const HEAD: Style = Style::new().effects(Effects::BOLD);
const ORIGIN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::BrightGreen)));
const DOUBTFUL: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));

/// How many calls of an origin are shown in their files.
const SHOWN: usize = 3;

/// How many more are named.
const NAMED: usize = 6;

/// Of more origins than these, each is a line with its first call.
const MANY: usize = 30;

pub(super) fn write(
    report: &Report,
    unresolved: &Findings,
    form: &FindingsFormatOption,
    color: ColorChoice,
) -> io::Result<()> {
    let mut origins: BTreeMap<&str, Vec<&Endpoint>> = BTreeMap::new();
    for endpoint in &report.endpoints {
        origins.entry(&endpoint.origin).or_default().push(endpoint);
    }
    let mut out = AutoStream::new(io::stdout().lock(), stream(color));
    if !form.quiet {
        write_origins(&mut out, &origins, unresolved)?;
    }
    drop(out);
    unresolved.write("", form, color)?;
    let mut out = AutoStream::new(io::stdout().lock(), stream(color));
    write_table(&mut out, &origins, report)?;
    out.flush()?;
    if !form.quiet {
        remark(&format_args!(
            "{} to {}, {} unresolved",
            counted(report.endpoints.len(), "call"),
            counted(origins.len(), "origin"),
            report.unresolved.len()
        ));
    }
    Ok(())
}

/// Each origin with its first calls.
fn write_origins(
    out: &mut impl io::Write,
    origins: &BTreeMap<&str, Vec<&Endpoint>>,
    unresolved: &Findings,
) -> io::Result<()> {
    let is_short = origins.len() > MANY;
    let renderer = renderer(is_short);
    for (origin, endpoints) in origins {
        let how = |endpoint: &&Endpoint| format!("{}: {}", endpoint.sink, endpoint.resolution.as_str());
        let shown: Vec<(Place, String)> =
            endpoints.iter().take(SHOWN).map(|endpoint| (Place::from(&endpoint.place), how(endpoint))).collect();
        let sources = Sources::read(unresolved.base(), shown.iter().map(|(place, _)| place));
        let marks: Vec<Mark<'_>> =
            shown.iter().map(|(place, how)| Mark { place, label: how, is_primary: true }).collect();
        let title = format!("{}, {}", visible(origin), counted(endpoints.len(), "call"));
        let level = Level::NOTE.with_name("endpoint");
        let mut group = add(Group::with_title(level.primary_title(title)), &marks, &sources, is_short);
        let named = endpoints.iter().skip(SHOWN).take(NAMED);
        let named: Vec<String> = named.map(|endpoint| visible(&endpoint.place.to_string())).collect();
        if !named.is_empty() {
            let more = endpoints.len() - SHOWN - named.len();
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            group = group.element(Level::NOTE.message(format!("also at {}{more}", named.join(", "))));
        }
        writeln!(out, "{}{}", renderer.render(&[group]), if is_short { "" } else { "\n" })?;
    }
    if is_short {
        writeln!(out)?;
    }
    Ok(())
}

/// A line for each origin, then one for each kind of what is not known.
fn write_table(out: &mut impl io::Write, origins: &BTreeMap<&str, Vec<&Endpoint>>, report: &Report) -> io::Result<()> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for call in &report.unresolved {
        reasons.entry(call.reason.code.as_str()).or_default().push(&call.place.file);
    }
    let mut rows: Vec<(Style, String, usize, BTreeSet<&str>, String)> = Vec::new();
    for (origin, endpoints) in origins {
        let files = endpoints.iter().map(|endpoint| endpoint.place.file.as_str()).collect();
        let steps: BTreeSet<_> = endpoints.iter().map(|endpoint| endpoint.resolution).collect();
        let steps: Vec<&str> = steps.iter().map(|step| step.as_str()).collect();
        rows.push((ORIGIN, visible(origin), endpoints.len(), files, steps.join(", ")));
    }
    for (code, files) in &reasons {
        rows.push((
            DOUBTFUL,
            "unresolved".to_owned(),
            files.len(),
            files.iter().copied().collect(),
            (*code).to_owned(),
        ));
    }
    let width = rows.iter().map(|row| row.1.chars().count()).max().unwrap_or(0).max("origin".len());
    writeln!(out, "{HEAD}{:width$}  calls  files  found by{HEAD:#}", "origin")?;
    for (style, name, calls, files, how) in rows {
        let gap = width - name.chars().count();
        writeln!(out, "{style}{name}{style:#}{:gap$}  {calls:>5}  {:>5}  {how}", "", files.len())?;
    }
    Ok(())
}
