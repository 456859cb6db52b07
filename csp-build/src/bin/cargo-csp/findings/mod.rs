//! What scan and check find, in the forms that people and services read.

mod github;
mod human;
mod json;
mod places;
mod sarif;

use std::io;

use clap::ColorChoice;
use serde::Serialize;

use crate::arguments::FindingsFormat;
use crate::configuration::Configuration;
use places::Places;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    Warning,
    Error,
}

/// Something that somebody has to look at.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// What kind it is, such as `uncovered-endpoint`.
    pub(crate) code: String,
    pub(crate) level: Level,
    /// One line.
    pub(crate) message: String,
    /// What stands beneath the place.
    pub(crate) label: String,
    pub(crate) place: Option<Place>,
    pub(crate) help: Vec<String>,
    /// The declaration that it is about.
    pub(crate) declaration: Option<String>,
    pub(crate) origin: Option<String>,
}

/// A place in a file, relative to the working directory or absolute. Line and column from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Level {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Takes out what is allowed, makes errors of what is denied, and sorts by place.
pub(crate) fn arrange(findings: &mut Vec<Finding>, configuration: &Configuration) {
    findings.retain(|finding| !configuration.allow.contains(&finding.code));
    for finding in findings.iter_mut().filter(|finding| configuration.deny.contains(&finding.code)) {
        finding.level = Level::Error;
    }
    findings.sort_by(|a, b| (&a.place, &a.code, &a.message).cmp(&(&b.place, &b.code, &b.message)));
}

/// Writes the findings to the standard output; `human` is for people.
pub(crate) fn write(findings: &[Finding], schema: &str, format: FindingsFormat, color: ColorChoice) -> io::Result<()> {
    match format {
        FindingsFormat::Human => human::write(findings, color),
        FindingsFormat::Json => json::write(findings, schema),
        FindingsFormat::Sarif => sarif::write(findings, &Places::of_repository()?),
        FindingsFormat::Github => github::write(findings, &Places::of_repository()?),
    }
}
