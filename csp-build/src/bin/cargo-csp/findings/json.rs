//! For scripts.

use std::io::{self, BufWriter, Write as _};

use serde::Serialize;

use super::{Finding, Level, Place, Related};

#[derive(Serialize)]
struct Report<'f> {
    schema: &'f str,
    findings: Vec<Record<'f>>,
}

#[derive(Serialize)]
struct Record<'f> {
    code: &'f str,
    level: Level,
    message: &'f str,
    /// What is at the place, if there is more to say of it.
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'f str,
    file: Option<&'f str>,
    line: Option<usize>,
    column: Option<usize>,
    declaration: Option<&'f str>,
    origin: Option<&'f str>,
    help: &'f [String],
    /// Where it comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedRecord<'f>>,
}

#[derive(Serialize)]
struct RelatedRecord<'f> {
    file: &'f str,
    line: usize,
    column: usize,
    message: &'f str,
}

pub(super) fn write(findings: &[Finding], schema: &str) -> io::Result<()> {
    let findings = findings.iter().map(|finding| {
        let place = finding.place.as_ref();
        Record {
            code: &finding.code,
            level: finding.level,
            message: &finding.message,
            label: &finding.label,
            file: place.map(|Place { file, .. }| file.as_str()),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            declaration: finding.declaration.as_deref(),
            origin: finding.origin.as_deref(),
            help: &finding.help,
            related: finding
                .related
                .iter()
                .map(|Related { place: Place { file, line, column }, message }| RelatedRecord {
                    file,
                    line: *line,
                    column: *column,
                    message,
                })
                .collect(),
        }
    });
    let report = Report { schema, findings: findings.collect() };
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &report)?;
    writeln!(out)?;
    out.flush()
}
