//! One entry of the reference.

use std::fmt;

use serde::Serialize;

use super::coverage::Coverage;
use super::policies::{Availability, Source, Written};
use super::usage::Place;

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Summary {
    pub(super) not_covered: usize,
    pub(super) unresolved: usize,
    pub(super) unused: usize,
    pub(super) covered: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct Endpoint {
    pub(super) status: Status,
    /// None if it is unresolved.
    pub(super) origin: Option<String>,
    pub(super) in_part: bool,
    pub(super) development_only: bool,
    /// Why it is unresolved.
    pub(super) reason: Option<String>,
    /// What to write where it is not covered.
    pub(super) help: Option<String>,
    pub(super) allowed_by: Vec<Allowance>,
    pub(super) used_by: Vec<Use>,
}

/// In the order in which people should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Status {
    NotCovered,
    Unresolved,
    Unused,
    Covered,
}

/// A source, and the policies that have it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Allowance {
    pub(super) source: String,
    pub(super) policies: Vec<String>,
    pub(super) directive: Option<&'static str>,
    /// Where the source is written.
    pub(super) declaration: Option<String>,
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) reason: Option<String>,
    pub(super) condition: Option<String>,
    pub(super) available: Availability,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Use {
    #[serde(flatten)]
    pub(super) place: Place,
    /// None where it isn't known where it connects to.
    pub(super) coverage: Option<Coverage>,
}

impl Status {
    pub(super) const ALL: [Self; 4] = [Self::NotCovered, Self::Unresolved, Self::Unused, Self::Covered];

    /// For people.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::NotCovered => "NOT covered",
            Self::Unresolved => "unresolved",
            Self::Unused => "unused in policy",
            Self::Covered => "covered",
        }
    }

    /// For scripts, and for anchors.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::NotCovered => "not-covered",
            Self::Unresolved => "unresolved",
            Self::Unused => "unused",
            Self::Covered => "covered",
        }
    }

    pub(super) const fn meaning(self) -> &'static str {
        match self {
            Self::NotCovered => "No source of a policy allows it: browsers and guards block it.",
            Self::Unresolved => "Something connects, and where to is not known: somebody has to look.",
            Self::Unused => "A source is declared, and nothing that was read here connects to it.",
            Self::Covered => "A source of a policy allows it.",
        }
    }
}

impl Summary {
    pub(super) fn count(&self, status: Status) -> usize {
        match status {
            Status::NotCovered => self.not_covered,
            Status::Unresolved => self.unresolved,
            Status::Unused => self.unused,
            Status::Covered => self.covered,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { not_covered, unresolved, unused, covered } = self;
        write!(out, "{covered} endpoints covered, {not_covered} not covered, {unresolved} unresolved, {unused} unused")
    }
}

impl Allowance {
    pub(super) fn new(source: &Source, policies: Vec<String>, directive: Option<&'static str>) -> Self {
        let Written { file, line, declaration } = source.written.clone();
        Self {
            source: source.text.clone(),
            policies,
            directive,
            declaration,
            file,
            line,
            reason: source.reason.clone(),
            condition: source.condition.clone(),
            available: source.available,
        }
    }
}

impl Endpoint {
    /// By status, then by host, so that `https:` and `wss:` of one stand together.
    pub(super) fn order(&self) -> impl Ord {
        let origin = self.origin.as_deref();
        let host = origin.map_or("", |origin| origin.split_once("://").map_or(origin, |(_, host)| host));
        let written = self.allowed_by.first().map(|first| (first.file.as_str(), first.line));
        (self.status, host, origin, self.used_by.first(), written)
    }
}
