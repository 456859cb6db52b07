//! What is to be written, and does the front end really connect there?

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use std::collections::HashMap;

use csp_core::report::{Explanation, Resource, explain};
use csp_core::visible;
use serde::Serialize;

use super::{Group, NoticedBy, StartError};
use crate::ScannedCalls;

/// What a scan calls the origin of the page.
const SELF: &str = "'self'";

/// A call that the build-time scan found in one's own sources.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownEndpoint {
    /// The origin that is called, as a URL; `'self'` is the page's own.
    pub origin: String,
    /// The source file.
    pub file: String,
    /// The line in the file, from 1.
    pub line: u32,
}

impl KnownEndpoint {
    /// A call of an origin in a line of a file.
    #[must_use]
    pub fn new(origin: impl Into<String>, file: impl Into<String>, line: u32) -> Self {
        Self { origin: origin.into(), file: file.into(), line }
    }
}

/// A line of a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// Why something was blocked, what would allow it, and whether to believe it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// The reason, and the line to add.
    pub explanation: Explanation,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What speaks for a suggestion. Its [`Display`](fmt::Display) is what people are told.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evidence {
    /// The scan found calls of this origin, in these lines.
    Found(Vec<Place>),
    /// A guard of this program noticed it.
    Guard,
    /// The scan found none, and doesn't know where that many other calls connect.
    Unresolved(usize),
    /// The scan found none: an extension, an injected script, or a forged report.
    NotInSources,
    /// Nobody knows: there was no scan, or no origin is named. Whoever sent the report claims it.
    Unverified,
}

impl Evidence {
    /// It in a word. The words are stable.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Guard => "guard",
            Self::Unresolved(_) => "unresolved",
            Self::NotInSources => "not-in-sources",
            Self::Unverified => "unverified",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(places) => {
                out.write_str("found by the scan at ")?;
                for (index, place) in places.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(out, "{separator}{}:{}", place.file, place.line)?;
                }
                Ok(())
            }
            Self::Guard => out.write_str("refused by a guard of this program"),
            Self::Unresolved(count) => {
                let connect = if *count == 1 { "connects" } else { "connect" };
                write!(out, "not among the calls that the scan found; where {count} more {connect} is not known")
            }
            Self::NotInSources => {
                out.write_str("not in our sources: an extension, an injected script or a forged report")
            }
            Self::Unverified => out.write_str("unverified: anybody can send a report"),
        }
    }
}

/// Calls of one's own sources.
#[derive(Debug)]
pub(super) struct KnownEndpoints {
    by_origin: HashMap<String, Vec<Place>>,
    /// Those that connect to the origin of their page.
    to_self: Vec<Place>,
    unresolved: usize,
}

impl KnownEndpoints {
    pub(super) fn new(endpoints: impl IntoIterator<Item = KnownEndpoint>) -> Result<Self, StartError> {
        let mut known = Self { by_origin: HashMap::new(), to_self: Vec::new(), unresolved: 0 };
        for endpoint in endpoints {
            known.add(endpoint)?;
        }
        for places in known.by_origin.values_mut().chain([&mut known.to_self]) {
            places.sort_unstable();
            places.dedup();
        }
        Ok(known)
    }

    pub(super) fn scanned(calls: ScannedCalls) -> Result<Self, StartError> {
        let endpoints: Result<Vec<_>, _> = calls
            .calls()
            .iter()
            .map(|&(origin, _, place)| {
                let (file, line) = file_and_line(place).ok_or_else(|| {
                    let place = csp_core::excerpt(place);
                    StartError::new(alloc::format!("expected a place such as \"web/app.js:3:1\", found \"{place}\""))
                })?;
                Ok(KnownEndpoint::new(origin, file, line))
            })
            .collect();
        Ok(Self { unresolved: calls.unresolved().len(), ..Self::new(endpoints?)? })
    }

    fn add(&mut self, KnownEndpoint { origin, file, line }: KnownEndpoint) -> Result<(), StartError> {
        let place = Place { file: visible(&file), line };
        if origin == SELF {
            self.to_self.push(place);
            return Ok(());
        }
        let resource = Resource::of(&origin);
        if !matches!(resource, Resource::Url(_)) {
            let origin = csp_core::excerpt(&origin);
            return Err(StartError::new(alloc::format!(
                "expected the origin that {}:{line} calls, such as \"https://api.example.com\", found \"{origin}\"",
                csp_core::excerpt(&file),
            )));
        }
        self.by_origin.entry(resource.to_string()).or_default().push(place);
        Ok(())
    }

    /// What the scan says of calls of an origin from a page of another, or of the same.
    fn evidence(&self, blocked: &str, page: &str) -> Evidence {
        let places = self.by_origin.get(blocked).map_or(&[][..], Vec::as_slice);
        let to_self = if blocked == page { &self.to_self[..] } else { &[] };
        let places: Vec<Place> = places.iter().chain(to_self).cloned().collect();
        match (places.is_empty(), self.unresolved) {
            (false, _) => Evidence::Found(places),
            (true, 0) => Evidence::NotInSources,
            (true, unresolved) => Evidence::Unresolved(unresolved),
        }
    }
}

/// Of `file:line:column`.
fn file_and_line(place: &str) -> Option<(&str, u32)> {
    let (place, _column) = place.rsplit_once(':')?;
    let (file, line) = place.rsplit_once(':')?;
    Some((file, line.parse().ok()?))
}

/// Says why something was blocked, and what would allow it.
pub(super) fn suggest(group: &Group, endpoints: Option<&KnownEndpoints>) -> Suggestion {
    let report = group.report();
    let mut explanation = explain(&report, group.classification());
    let evidence = match (group.noticed_by, endpoints, report.blocked()) {
        (NoticedBy::Guard, ..) => Evidence::Guard,
        (_, Some(endpoints), blocked @ Resource::Url(_)) => {
            endpoints.evidence(&blocked.to_string(), &group.key.document_origin)
        }
        _ => Evidence::Unverified,
    };
    explanation.verified = matches!(evidence, Evidence::Found(_) | Evidence::Guard);
    Suggestion { explanation, evidence }
}
