//! The report for people: each origin with the calls that lead to it, then what is not known.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use anstream::AutoStream;
use anstyle::{AnsiColor, Effects, Style};
use clap::ColorChoice;
use csp_build::scan::{Endpoint, Report};
use csp_core::visible;

use crate::outcome::{remark, stream};

const ORIGIN: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::BrightGreen))).effects(Effects::BOLD);
const DOUBTFUL: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow))).effects(Effects::BOLD);
const FAINT: Style = Style::new().effects(Effects::DIMMED);

pub(super) fn write(report: &Report, color: ColorChoice) -> io::Result<()> {
    let mut out = AutoStream::new(io::stdout().lock(), stream(color));
    let mut origins: BTreeMap<&str, Vec<&Endpoint>> = BTreeMap::new();
    for endpoint in &report.endpoints {
        origins.entry(&endpoint.origin).or_default().push(endpoint);
    }
    for (origin, endpoints) in &origins {
        writeln!(out, "{ORIGIN}{origin}{ORIGIN:#}")?;
        let places: Vec<_> = endpoints.iter().map(|endpoint| shown(&endpoint.place)).collect();
        let width = places.iter().map(|place| place.chars().count()).max().unwrap_or(0);
        let sinks = endpoints.iter().map(|endpoint| endpoint.sink.chars().count()).max().unwrap_or(0);
        for (endpoint, place) in endpoints.iter().zip(&places) {
            let (sink, step) = (&endpoint.sink, endpoint.resolution.as_str());
            writeln!(out, "  {place:width$}  {sink:sinks$}  {FAINT}{step}{FAINT:#}")?;
        }
    }
    if !report.unresolved.is_empty() && !origins.is_empty() {
        writeln!(out)?;
    }
    for call in &report.unresolved {
        let code = call.reason.code.as_str();
        writeln!(out, "{DOUBTFUL}unresolved[{code}]{DOUBTFUL:#}: {} at {}", call.sink, shown(&call.place))?;
        writeln!(out, "  {FAINT}={FAINT:#} because: {}", visible(&call.reason.detail))?;
        for step in &call.chain {
            writeln!(out, "  {FAINT}={FAINT:#} through {} at {}", visible(&step.what), shown(&step.place))?;
        }
    }
    out.flush()?;
    remark(&format_args!(
        "{} calls to {}, {} unresolved",
        report.endpoints.len(),
        counted(origins.len(), "origin"),
        report.unresolved.len()
    ));
    Ok(())
}

fn shown(place: &csp_build::scan::Place) -> String {
    visible(&place.to_string())
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
