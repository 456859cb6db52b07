//! `cargo csp evaluate`: what a policy leaves open.

mod arguments;

use std::io::{self, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Color, Style};
use clap::ColorChoice;
use csp_core::{DirectiveName, Finding, FindingCode, Policy, PolicyList, Severity, visible, with_some_nonce};
use serde::Serialize;

use crate::declarations::{self, Build};
use crate::options::Format;
use crate::outcome::{Outcome, counted, stream};
use crate::workspace::Workspace;
use crate::{policy_text, scanned};

pub(crate) use arguments::Evaluate;

const STRONG: Style = Style::new().bold();
const HELP: Style = Style::new().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));

/// A policy and where it is.
struct Subject {
    title: String,
    text: String,
}

#[derive(Serialize)]
struct Report<'f> {
    schema: &'static str,
    policies: Vec<Evaluated<'f>>,
}

#[derive(Serialize)]
struct Evaluated<'f> {
    title: &'f str,
    findings: Vec<Found<'f>>,
}

#[derive(Serialize)]
struct Found<'f> {
    code: &'static str,
    severity: &'static str,
    text: &'f str,
    message: &'f str,
    help: Option<&'f str>,
}

pub(crate) fn run(evaluate: &Evaluate, color: ColorChoice) -> io::Result<Outcome> {
    let subjects = if evaluate.policies.is_empty() { declared(evaluate)? } else { given(evaluate)? };
    let findings: Vec<Vec<Finding<'_>>> = subjects.iter().map(|subject| find(&subject.text)).collect();
    let found: Vec<(&Subject, &[Finding<'_>])> =
        subjects.iter().zip(&findings).map(|(subject, findings)| (subject, findings.as_slice())).collect();
    match evaluate.form.format {
        Format::Human => write_human(&mut AutoStream::new(io::stdout().lock(), stream(color)), &found)?,
        Format::Json => write_json(&mut io::stdout().lock(), &found)?,
    }
    let worst = findings.iter().flatten().map(Finding::severity).max();
    Ok(Outcome::of_findings(worst >= Some(evaluate.deny.into())))
}

fn given(evaluate: &Evaluate) -> io::Result<Vec<Subject>> {
    let read = |argument: &String| {
        let text = policy_text::read(argument)?.into_owned();
        Ok(Subject { title: visible(argument), text })
    };
    evaluate.policies.iter().map(read).collect()
}

/// The declarations of the crate, as in a release.
fn declared(evaluate: &Evaluate) -> io::Result<Vec<Subject>> {
    let workspace = Workspace::find(&evaluate.packages)?;
    let scans = |member: &_| scanned::data(&workspace, member);
    let declared = declarations::read(&workspace, &evaluate.features, &Build::new(false)?, &scans)?;
    if declared.is_empty() {
        let message = "there is no connect_src! and no policy! in the crate's sources, and no POLICY was given";
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let subjects = declared
        .into_iter()
        .map(|declaration| Subject { title: declaration.title(), text: with_some_nonce(&declaration.header) });
    Ok(subjects.collect())
}

/// What browsers drop, then what the policies leave open; the worst first.
fn find(text: &str) -> Vec<Finding<'_>> {
    let (mut policies, mut findings) = PolicyList::parse_with_findings(text);
    // No policy leaves open what an empty one does: a variable that isn't set must not pass for a good policy.
    if policies.policies.is_empty() {
        policies.policies.push(Policy::parse(""));
    }
    for policy in &policies.policies {
        let is_meant = |finding: &Finding<'_>| !is_for_connections(policy) || concerns_connections(finding);
        findings.extend(policy.weaknesses().into_iter().filter(is_meant));
    }
    findings.sort_by_key(|finding| core::cmp::Reverse(finding.severity()));
    findings
}

/// Whether a policy is meant for connections alone.
fn is_for_connections(policy: &Policy<'_>) -> bool {
    !policy.directives.is_empty()
        && policy.directives.iter().all(|directive| directive.name == DirectiveName::ConnectSrc)
}

fn concerns_connections(finding: &Finding<'_>) -> bool {
    finding.text == DirectiveName::ConnectSrc.as_str()
}

fn write_human(out: &mut dyn Write, found: &[(&Subject, &[Finding<'_>])]) -> io::Result<()> {
    let mut counts = [0_usize; 3];
    for (subject, findings) in found {
        writeln!(out, "{STRONG}{}{STRONG:#}", subject.title)?;
        for finding in *findings {
            let (word, color, count) = match finding.severity() {
                Severity::Error => ("error", AnsiColor::Red, &mut counts[0]),
                Severity::Warning => ("warning", AnsiColor::Yellow, &mut counts[1]),
                _ => ("note", AnsiColor::Blue, &mut counts[2]),
            };
            *count += 1;
            let style = Style::new().bold().fg_color(Some(color.into()));
            writeln!(out, "  {style}{word}[{}]{style:#}: {}", finding.code, visible(&finding.message))?;
            if let Some(help) = &finding.help {
                writeln!(out, "    {HELP}help{HELP:#}: {}", visible(help))?;
            }
        }
    }
    let [errors, warnings, notes] = counts;
    if errors + warnings + notes == 0 {
        return writeln!(out, "nothing found");
    }

    writeln!(out, "{}, {}, {}", counted(errors, "error"), counted(warnings, "warning"), counted(notes, "note"))?;
    writeln!(out, "what each code means: {}", FindingCode::PAGE)
}

fn write_json(out: &mut dyn Write, found: &[(&Subject, &[Finding<'_>])]) -> io::Result<()> {
    let policies = found.iter().map(|(subject, findings)| Evaluated {
        title: &subject.title,
        findings: findings
            .iter()
            .map(|finding| Found {
                code: finding.code.as_str(),
                severity: finding.severity().as_str(),
                text: finding.text,
                message: &finding.message,
                help: finding.help.as_deref(),
            })
            .collect(),
    });
    serde_json::to_writer(&mut *out, &Report { schema: "cargo-csp/evaluate/1", policies: policies.collect() })?;
    writeln!(out)
}
