//! Groups of reports, and what became of all.

use std::collections::{BTreeMap, HashMap};
use std::io;

use csp_core::report::{Class, Counts, Explanation, GroupKey, Limits, OwnPolicies, classify, explain, parse, redact};

use super::collector::{self, Answer};

/// How many groups are told apart: a flood of forged reports must not take all memory.
const MOST_GROUPS: usize = 10_000;

/// All that was read. Only redacted texts get in.
#[derive(Default)]
pub(super) struct Summary {
    pub(super) counts: Counts,
    pub(super) classes: BTreeMap<&'static str, usize>,
    groups: HashMap<(GroupKey, Class), Group>,
    /// Reports of groups that aren't told apart.
    pub(super) other: usize,
    /// Reports for which a collector had no room; `None` where there was no collector.
    pub(super) shed: Option<usize>,
}

/// Reports of one breach.
pub(super) struct Group {
    pub(super) key: GroupKey,
    pub(super) class: Class,
    pub(super) count: usize,
    /// The first URL of the group.
    pub(super) blocked_url: String,
    pub(super) explanation: Explanation,
    /// What speaks for the suggestion, where a collector knows.
    pub(super) evidence: Option<String>,
}

impl Summary {
    /// Takes a body; gives what couldn't be read of it.
    pub(super) fn take(&mut self, body: &[u8], own: &OwnPolicies) -> Vec<String> {
        if collector::is_answer(body) {
            let taken = collector::read(body).and_then(|answer| self.take_answer(&answer));
            return taken.err().iter().map(ToString::to_string).collect();
        }
        let batch = match parse(body, &Limits::NONE) {
            Ok(batch) => batch,
            Err(error) => {
                self.counts += error.counts();
                return vec![error.to_string()];
            }
        };
        self.counts += batch.counts();
        for report in batch.reports() {
            let classification = classify(report, own);
            let class = classification.class;
            *self.classes.entry(class.as_str()).or_default() += 1;
            let report = redact(report);
            let key = (GroupKey::of(&report), class);
            if let Some(group) = self.groups.get_mut(&key) {
                group.count += 1;
            } else if self.groups.len() < MOST_GROUPS {
                let group = Group {
                    key: key.0.clone(),
                    class,
                    count: 1,
                    blocked_url: report.blocked_url.clone().into_owned(),
                    explanation: explain(&report, classification),
                    evidence: None,
                };
                self.groups.insert(key, group);
            } else {
                self.other += 1;
            }
        }
        batch.rejections().iter().map(ToString::to_string).collect()
    }

    /// Takes what a collector has.
    pub(super) fn take_answer(&mut self, answer: &Answer) -> io::Result<()> {
        self.counts += answer.counts();
        self.other += answer.other;
        *self.shed.get_or_insert_default() += answer.shed();
        for record in &answer.groups {
            let classification = record.classification()?;
            let class = classification.class;
            *self.classes.entry(class.as_str()).or_default() += record.count;
            let report = redact(&record.report());
            let mut explanation = explain(&report, classification);
            let (is_verified, evidence) = record.evidence();
            explanation.verified = is_verified;
            let key = GroupKey::of(&report);
            let blocked_url = report.blocked_url.clone().into_owned();
            let group = Group { key: key.clone(), class, count: 0, blocked_url, explanation, evidence };
            self.groups.entry((key, class)).or_insert(group).count += record.count;
        }
        Ok(())
    }

    /// The groups, those with the most reports first, in the same order in each run.
    pub(super) fn groups(&self) -> Vec<&Group> {
        let mut groups: Vec<_> = self.groups.values().collect();
        groups.sort_by(|left, right| {
            let order = |group: &Group| (group.class.is_noise(), std::cmp::Reverse(group.count));
            order(left).cmp(&order(right)).then_with(|| (&left.key, left.class).cmp(&(&right.key, right.class)))
        });
        groups
    }
}
