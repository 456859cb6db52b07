//! `cargo csp diff`: what a new policy allows that the old one didn't.

mod arguments;

use std::io::{self, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use csp_core::{Change, PolicyList, visible};
use serde::Serialize;

use crate::options::Format;
use crate::outcome::{Outcome, remark, stream};
use crate::policy_text;

pub(crate) use arguments::Diff;

const GAINED: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const LOST: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const STRONG: Style = Style::new().bold();

#[derive(Serialize)]
struct Report<'c> {
    schema: &'static str,
    widened: bool,
    changes: Vec<DirectiveChange<'c>>,
}

#[derive(Serialize)]
struct DirectiveChange<'c> {
    directive: &'static str,
    gained: &'c [String],
    lost: &'c [String],
}

pub(crate) fn run(diff: &Diff, color: ColorChoice) -> io::Result<Outcome> {
    let (old, new) = (policy_text::read(&diff.old)?, policy_text::read(&diff.new)?);
    let changes = parse("OLD", &old).changes_to(&parse("NEW", &new));
    let widened = changes.iter().any(|change| !change.gained.is_empty());
    match diff.form.format {
        Format::Human => write_human(&mut AutoStream::new(io::stdout().lock(), stream(color)), &changes)?,
        Format::Json => write_json(&mut io::stdout().lock(), &changes, widened)?,
    }
    Ok(Outcome::of_findings(widened))
}

/// What a browser drops is not compared, and said.
fn parse<'t>(side: &str, text: &'t str) -> PolicyList<'t> {
    let (policies, findings) = PolicyList::parse_with_findings(text);
    for finding in findings {
        remark(&format!("{side}: {}[{}]: {finding}", "warning", finding.code));
    }
    policies
}

fn write_human(out: &mut dyn Write, changes: &[Change]) -> io::Result<()> {
    for Change { name, gained, lost, .. } in changes {
        let how = match (gained.is_empty(), lost.is_empty()) {
            (false, true) => "wider",
            (true, _) => "narrower",
            (false, false) => "wider and narrower",
        };
        writeln!(out, "{STRONG}{name}{STRONG:#} is {how}")?;
        for source in gained {
            writeln!(out, "  {GAINED}+ {}{GAINED:#}", visible(source))?;
        }
        for source in lost {
            writeln!(out, "  {LOST}- {}{LOST:#}", visible(source))?;
        }
    }
    if changes.is_empty() {
        writeln!(out, "the policies allow the same")?;
    }
    Ok(())
}

fn write_json(out: &mut dyn Write, changes: &[Change], widened: bool) -> io::Result<()> {
    let changes = changes.iter().map(|change| DirectiveChange {
        directive: change.name.as_str(),
        gained: &change.gained,
        lost: &change.lost,
    });
    let report = Report { schema: "cargo-csp/diff/1", widened, changes: changes.collect() };
    serde_json::to_writer(&mut *out, &report)?;
    writeln!(out)
}
