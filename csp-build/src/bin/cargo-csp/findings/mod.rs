//! What scan and check find, in the forms that people and services read.

mod github;
mod human;
mod json;
mod places;
mod sarif;
mod snippets;
mod sources;

use std::io;
use std::path::{Path, PathBuf};

use clap::ColorChoice;
use serde::Serialize;

use crate::options::{FindingsFormat, FindingsFormatOption};
use crate::workspace::Configuration;
use places::Places;

pub(crate) use snippets::{Mark, add, renderer};
pub(crate) use sources::Sources;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    Warning,
    Error,
}

/// Something that somebody has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What kind it is, such as `uncovered-endpoint`.
    pub(crate) code: String,
    pub(crate) level: Level,
    /// One line.
    pub(crate) message: String,
    /// What stands beneath the place.
    pub(crate) label: String,
    pub(crate) place: Option<Place>,
    /// Where it comes from.
    pub(crate) related: Vec<Related>,
    pub(crate) help: Vec<String>,
    /// The declaration that it is about.
    pub(crate) declaration: Option<String>,
    pub(crate) origin: Option<String>,
}

/// A place that a finding comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Related {
    pub(crate) place: Place,
    pub(crate) message: String,
}

impl Finding {
    /// All that it says: the message, what stands beneath the place, and the help.
    fn text(&self) -> String {
        let label = Some(&self.label).filter(|label| !label.is_empty()).map(|label| format!("\n{label}"));
        let help = self.help.iter().map(|help| format!("\nhelp: {help}"));
        self.message.clone() + &label.into_iter().chain(help).collect::<String>()
    }

    fn places(&self) -> impl Iterator<Item = &Place> {
        self.place.iter().chain(self.related.iter().map(|related| &related.place))
    }
}

/// A place in a file, which is told from a folder that all of them have, or absolute. Line and column from 1.
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

/// As a configuration judges: without what is allowed, what is denied as errors, and all of it where it is strict.
pub(crate) fn judged(findings: Vec<Finding>, configuration: &Configuration) -> Vec<Finding> {
    let Configuration { allow, deny, is_strict, .. } = configuration;
    let mut findings = findings;
    findings.retain(|finding| !allow.contains(&finding.code));
    for finding in findings.iter_mut().filter(|finding| *is_strict || deny.contains(&finding.code)) {
        finding.level = Level::Error;
    }
    findings
}

/// All that a command has found.
pub(crate) struct Findings {
    /// By their places.
    list: Vec<Finding>,
    /// The folder that places are told from.
    base: PathBuf,
}

impl Findings {
    pub(crate) fn new(mut list: Vec<Finding>, base: PathBuf) -> Self {
        list.sort_by(|a, b| (&a.place, &a.code, &a.message).cmp(&(&b.place, &b.code, &b.message)));
        list.dedup();
        Self { list, base }
    }

    pub(crate) const fn len(&self) -> usize {
        self.list.len()
    }

    /// The folder that places are told from.
    pub(crate) fn base(&self) -> &Path {
        &self.base
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Writes them to the standard output.
    pub(crate) fn write(&self, schema: &str, form: &FindingsFormatOption, color: ColorChoice) -> io::Result<()> {
        match form.format {
            FindingsFormat::Human => human::write(self, form.quiet, color),
            FindingsFormat::Json => json::write(&self.list, schema),
            FindingsFormat::Sarif => sarif::write(self, &Places::of_repository(&self.base)),
            FindingsFormat::Github => github::write(&self.list, &Places::of_repository(&self.base)),
        }
    }
}
