//! `--format human`.

use std::io::{self, BufWriter, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Effects, Style};
use clap::ColorChoice;
use csp_core::excerpt;
use csp_core::report::{Class, Counts};

use super::summary::{Group, Summary};
use crate::outcome::stream;

const BREACH: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::BrightRed))).effects(Effects::BOLD);
const FAINT: Style = Style::new().effects(Effects::DIMMED);

pub(super) fn write(summary: &Summary, groups: &[&Group], noise: bool, color: ColorChoice) -> io::Result<()> {
    let mut out = BufWriter::new(AutoStream::new(io::stdout().lock(), stream(color)));
    for group in groups.iter().filter(|group| noise || !group.class.is_noise()) {
        write_group(&mut out, group)?;
        writeln!(out)?;
    }
    if summary.other > 0 {
        writeln!(out, "{} of groups beyond the first 10,000\n", counted(summary.other, "report"))?;
    }
    write_noise(&mut out, summary, noise)?;
    let Counts { received, accepted, filtered, rejected, over_limit } = summary.counts;
    write!(out, "{}: {accepted} of violations", counted(received, "report"))?;
    for (count, what) in [
        (filtered, "of other types"),
        (rejected, "unreadable"),
        (over_limit, "over the limit"),
        (summary.shed.unwrap_or_default(), "shed"),
    ] {
        if count > 0 {
            write!(out, ", {count} {what}")?;
        }
    }
    writeln!(out)?;
    out.flush()
}

fn write_group(out: &mut impl Write, group: &Group) -> io::Result<()> {
    let Group { key, class, count, blocked_url, explanation, evidence } = group;
    let style = if class.is_noise() { FAINT } else { BREACH };
    let blocked = if blocked_url.is_empty() { "(nothing named)" } else { blocked_url };
    writeln!(out, "{style}{count} × {}{style:#}: {}", excerpt(&key.directive), excerpt(blocked))?;
    write!(out, "  on {}", excerpt(&key.document_origin))?;
    if let Some(file) = &key.source_file {
        write!(out, ", by {}", excerpt(file))?;
        if let Some(line) = key.line {
            write!(out, ":{line}")?;
        }
    }
    writeln!(out)?;
    if !key.is_enforced {
        writeln!(out, "  = only reported: the browser let it pass")?;
    }
    writeln!(out, "  = because: {explanation}")?;
    if let Some(evidence) = evidence {
        writeln!(out, "  = sources: {evidence}")?;
    }
    if let Some(source) = &explanation.source {
        let doubt = if explanation.verified { "" } else { ", if your code means to connect there" };
        match &explanation.entry {
            Some(entry) => writeln!(out, "  = help: in connect_src!{doubt}, add\n      {entry}")?,
            None => writeln!(out, "  = help: to {}{doubt}, add {source}", excerpt(&key.directive))?,
        }
    }
    if let Some(url) = &explanation.encrypted {
        writeln!(out, "  = help: call it by its encrypted scheme, which the policy has:\n      {url}")?;
    }
    Ok(())
}

fn write_noise(out: &mut impl Write, summary: &Summary, is_listed: bool) -> io::Result<()> {
    let counts: Vec<_> = Class::ALL
        .iter()
        .filter(|class| class.is_noise())
        .filter_map(|class| Some((class.as_str(), summary.classes.get(class.as_str())?)))
        .map(|(class, count)| format!("{count} {class}"))
        .collect();
    if counts.is_empty() {
        return Ok(());
    }
    let hint = if is_listed { "" } else { " (--noise lists it)" };
    writeln!(out, "noise: {}{hint}", counts.join(", "))
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
