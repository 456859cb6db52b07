//! Groups as JSON, for programs.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::Serialize;

use super::{Counters, Group, GroupId, HourCount, Monitor, NoticedBy, Place, Sample, State, Timestamp, Totals};
use super::{Evidence, Suggestion};

/// What `api/groups` answers. The names are those that `cargo csp reports --format json` has, and more.
#[derive(Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    counters: Counters,
    other: u64,
    refusals: u64,
    groups: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct Record<'a> {
    id: GroupId,
    state: State,
    noticed_by: NoticedBy,
    first_seen: Timestamp,
    last_seen: Timestamp,
    count: u64,
    class: &'static str,
    directive: &'a str,
    disposition: &'static str,
    policy: &'a str,
    policy_match: &'static str,
    document_origin: &'a str,
    blocked_origin: &'a str,
    blocked_url: &'a str,
    source_file: Option<&'a str>,
    line: Option<u32>,
    reason: &'static str,
    explanation: String,
    nearest: Option<String>,
    difference: Option<&'static str>,
    encrypted: Option<String>,
    source: Option<String>,
    entry: Option<String>,
    verified: bool,
    evidence: &'static str,
    found_at: Vec<Place>,
    hours: &'a [HourCount],
    samples: &'a [Sample],
}

impl<'a> Document<'a> {
    pub(super) fn new(monitor: &Monitor, totals: Totals, groups: &'a [Group]) -> Self {
        Self {
            schema: "csp-monitor/groups/1",
            counters: totals.counters,
            other: totals.other,
            refusals: totals.refusals,
            groups: groups.iter().map(|group| Record::new(group, monitor.suggest(group))).collect(),
        }
    }
}

impl<'a> Record<'a> {
    fn new(group: &'a Group, suggestion: Suggestion) -> Self {
        let Suggestion { explanation, evidence } = suggestion;
        let key = &group.key;
        Self {
            id: group.id,
            state: group.state,
            noticed_by: group.noticed_by,
            first_seen: group.first_seen,
            last_seen: group.last_seen,
            count: group.count,
            class: group.class.as_str(),
            directive: &key.directive,
            disposition: group.disposition().as_str(),
            policy: &key.policy,
            policy_match: group.policy.as_str(),
            document_origin: &key.document_origin,
            blocked_origin: &key.blocked_origin,
            blocked_url: group.samples.first().map_or(&key.blocked_origin, |sample| &sample.blocked_url),
            source_file: key.source_file.as_deref(),
            line: key.line,
            reason: explanation.reason.as_str(),
            explanation: explanation.to_string(),
            difference: explanation.nearest.as_ref().map(|nearest| nearest.difference.as_str()),
            nearest: explanation.nearest.map(|nearest| nearest.source),
            encrypted: explanation.encrypted,
            source: explanation.source,
            entry: explanation.entry,
            verified: explanation.verified,
            evidence: evidence.as_str(),
            found_at: match evidence {
                Evidence::Found(places) => places,
                _ => Vec::new(),
            },
            hours: &group.hours,
            samples: &group.samples,
        }
    }
}
