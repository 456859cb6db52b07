//! `--format json`.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write as _};

use csp_core::report::Counts;
use serde::Serialize;

use super::summary::{Group, Summary};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    counters: Counters,
    classes: &'a BTreeMap<&'static str, usize>,
    other: usize,
    groups: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct Counters {
    received: usize,
    accepted: usize,
    filtered: usize,
    rejected: usize,
    over_limit: usize,
    /// A collector has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    shed: Option<usize>,
}

#[derive(Serialize)]
struct Record<'a> {
    count: usize,
    class: &'static str,
    directive: &'a str,
    disposition: &'static str,
    policy: &'a str,
    document_origin: &'a str,
    blocked_origin: &'a str,
    blocked_url: &'a str,
    source_file: Option<&'a str>,
    line: Option<u32>,
    reason: &'static str,
    explanation: String,
    nearest: Option<&'a str>,
    difference: Option<&'static str>,
    encrypted: Option<&'a str>,
    source: Option<&'a str>,
    entry: Option<&'a str>,
    verified: bool,
    /// A collector has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a str>,
}

pub(super) fn write(summary: &Summary, groups: &[&Group]) -> io::Result<()> {
    let Counts { received, accepted, filtered, rejected, over_limit } = summary.counts;
    let document = Document {
        schema: "cargo-csp/reports/1",
        counters: Counters { received, accepted, filtered, rejected, over_limit, shed: summary.shed },
        classes: &summary.classes,
        other: summary.other,
        groups: groups.iter().map(|group| Record::from(*group)).collect(),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &document)?;
    writeln!(out)?;
    out.flush()
}

impl<'a> From<&'a Group> for Record<'a> {
    fn from(group: &'a Group) -> Self {
        let Group { key, class, count, blocked_url, explanation, evidence } = group;
        Self {
            count: *count,
            class: class.as_str(),
            directive: &key.directive,
            disposition: if key.is_enforced { "enforce" } else { "report" },
            policy: &key.policy,
            document_origin: &key.document_origin,
            blocked_origin: &key.blocked_origin,
            blocked_url,
            source_file: key.source_file.as_deref(),
            line: key.line,
            reason: explanation.reason.as_str(),
            explanation: explanation.to_string(),
            nearest: explanation.nearest.as_ref().map(|nearest| nearest.source.as_str()),
            difference: explanation.nearest.as_ref().map(|nearest| nearest.difference.as_str()),
            encrypted: explanation.encrypted.as_deref(),
            source: explanation.source.as_deref(),
            entry: explanation.entry.as_deref(),
            verified: explanation.verified,
            evidence: evidence.as_deref(),
        }
    }
}
