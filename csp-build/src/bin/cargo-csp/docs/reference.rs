//! The reference: every endpoint with who allows it and who uses it.

use std::collections::{BTreeMap, BTreeSet};

use csp_core::{Request, nearest_in, suggested_entry, suggested_source};
use serde::Serialize;

use super::coverage::{Coverage, of_source, touches};
use super::destination::{Destination, SELF_ORIGIN};
use super::endpoint::{Allowance, Endpoint, Status, Summary, Use};
use super::inputs::Inputs;
use super::openapi;
use super::policies::{Availability, Policy, Source, Written};
use super::usage::{Place, Usage, UsageTarget};

#[derive(Debug, Serialize)]
pub(super) struct Reference {
    schema: &'static str,
    pub(super) inputs: Read,
    pub(super) policies: Vec<PolicyRecord>,
    pub(super) summary: Summary,
    pub(super) endpoints: Vec<Endpoint>,
}

/// What was read beside the crate's sources.
#[derive(Debug, Serialize)]
pub(super) struct Read {
    pub(super) roots: Vec<String>,
    pub(super) documents: Vec<openapi::Source>,
}

#[derive(Debug, Serialize)]
pub(super) struct PolicyRecord {
    pub(super) name: Option<String>,
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) header: String,
    pub(super) disposition: &'static str,
    pub(super) directive: Option<&'static str>,
}

/// What is gathered about one origin.
#[derive(Default)]
struct Gathered<'i> {
    uses: Vec<Use>,
    destinations: Vec<&'i Destination>,
    /// By where each is written; the policies by their places.
    allowances: BTreeMap<(&'i Written, &'i str), (Vec<usize>, &'static str)>,
    /// The policies that should allow what they don't.
    lacking: BTreeSet<usize>,
    uncovered: Option<&'i Destination>,
}

impl Reference {
    pub(super) fn new(inputs: Inputs) -> Self {
        let Inputs { policies, usages, roots, documents } = inputs;
        let mut endpoints = Vec::new();
        let mut origins: BTreeMap<String, Gathered<'_>> = BTreeMap::new();
        for usage @ Usage { place, target, .. } in &usages {
            match target {
                UsageTarget::Unresolved(reason) => endpoints.push(unresolved(place, reason)),
                UsageTarget::Known(destinations) => {
                    let Some(first) = destinations.first() else { continue };
                    let scope = in_scope(usage, &policies);
                    origins.entry(first.origin()).or_default().add(place, destinations, &scope, &policies);
                }
            }
        }
        endpoints.extend(origins.into_iter().map(|(origin, gathered)| gathered.endpoint(origin, &policies)));
        endpoints.extend(unused(&usages, &policies));
        endpoints.sort_by(|left, right| left.order().cmp(&right.order()));
        let mut summary = Summary::default();
        for endpoint in &endpoints {
            match endpoint.status {
                Status::NotCovered => summary.not_covered += 1,
                Status::Unresolved => summary.unresolved += 1,
                Status::Unused => summary.unused += 1,
                Status::Covered => summary.covered += 1,
            }
        }
        let policies = policies.into_iter().map(|policy| PolicyRecord {
            name: policy.name,
            file: policy.file,
            line: policy.line,
            header: policy.header,
            disposition: policy.disposition.as_str(),
            directive: policy.directive,
        });
        let policies = policies.collect();
        Self { schema: "cargo-csp/docs/1", inputs: Read { roots, documents }, policies, summary, endpoints }
    }
}

/// The policies that decide about something: those that restrict connections, if there are any.
fn in_scope(usage: &Usage, policies: &[Policy]) -> Vec<usize> {
    let Usage { place, members, pages, .. } = usage;
    let mut all: Vec<usize> = (0..policies.len()).collect();
    // Those of the package, unless it declares nothing.
    if policies.iter().any(|policy| members.contains(&policy.member)) {
        all.retain(|index| members.contains(&policies[*index].member));
    }
    let chosen = |is_meant: &dyn Fn(&Policy) -> bool| -> Vec<usize> {
        all.iter().copied().filter(|index| is_meant(&policies[*index])).collect()
    };
    let mut named: Vec<usize> = match place {
        Place::FrontEnd { file, .. } if pages.is_empty() => chosen(&|policy| policy.is_of(file)),
        Place::FrontEnd { .. } => chosen(&|policy| pages.iter().any(|page| page == policy.name())),
        Place::Rust { policy: name, .. } => chosen(&|policy| policy.name() == name),
        Place::Api { .. } => all.clone(),
    };
    // It isn't said which pages the front end is on.
    if named.is_empty() {
        named = all;
    }
    let restricting: Vec<usize> = named.iter().copied().filter(|index| policies[*index].directive.is_some()).collect();
    if restricting.is_empty() { named } else { restricting }
}

impl<'i> Gathered<'i> {
    fn add(&mut self, place: &Place, destinations: &'i [Destination], scope: &[usize], policies: &'i [Policy]) {
        let mut coverage = Coverage::Whole;
        for destination in destinations {
            let best = self.allow(destination, scope, policies);
            if best == Coverage::None {
                self.uncovered = self.uncovered.or(Some(destination));
                self.lacking.extend(scope);
            }
            coverage = coverage.min(best);
            self.destinations.push(destination);
        }
        self.uses.push(Use { place: place.clone(), coverage: Some(coverage) });
    }

    /// The most that a policy allows of a destination.
    fn allow(&mut self, destination: &Destination, scope: &[usize], policies: &'i [Policy]) -> Coverage {
        let mut best = Coverage::None;
        for index in scope {
            let policy = &policies[*index];
            let Some(directive) = policy.directive else {
                best = Coverage::Whole;
                continue;
            };
            for source in policy.sources.iter().filter(|source| touches(source, destination)) {
                best = best.max(of_source(source, destination));
                let entry = self.allowances.entry((&source.written, &source.text)).or_insert((Vec::new(), directive));
                if !entry.0.contains(index) {
                    entry.0.push(*index);
                }
            }
        }
        best
    }

    fn endpoint(self, origin: String, policies: &[Policy]) -> Endpoint {
        let coverage = self.uses.iter().filter_map(|used| used.coverage).min().unwrap_or(Coverage::Whole);
        let status = if coverage == Coverage::None { Status::NotCovered } else { Status::Covered };
        let help = self.uncovered.and_then(|destination| help(destination, &self.lacking, policies));
        let mut used_by = self.uses;
        used_by.sort();
        used_by.dedup();
        let allowed_by = self.allowances.into_iter().filter_map(|((written, text), (having, directive))| {
            let first = policies.get(*having.first()?)?;
            let source = first.sources.iter().find(|source| source.text == text && source.written == *written)?;
            let names = having.iter().filter_map(|index| policies.get(*index)).map(|policy| policy.name().to_owned());
            Some(Allowance::new(source, names.collect(), Some(directive)))
        });
        Endpoint {
            status,
            origin: Some(origin),
            in_part: coverage == Coverage::InPart,
            development_only: coverage == Coverage::Development,
            reason: None,
            help,
            allowed_by: allowed_by.collect(),
            used_by,
        }
    }
}

/// What to write so that a destination is covered: beside the source that is nearest, whatever policy has it.
fn help(destination: &Destination, lacking: &BTreeSet<usize>, policies: &[Policy]) -> Option<String> {
    let target = destination.target();
    let lacking: Vec<&Policy> = lacking.iter().filter_map(|index| policies.get(*index)).collect();
    let sources = || lacking.iter().flat_map(|policy| &policy.sources);
    let list = sources().filter(|source| source.available == Availability::Always).map(|source| source.text.as_str());
    let list = list.collect::<Vec<_>>().join(" ");
    let is_own = destination.origin() == SELF_ORIGIN;
    let nearest = nearest_in(&list, &Request::new(target)).filter(|_| !is_own);
    let nearest = nearest.and_then(|(text, difference)| {
        let source = sources().find(|source| source.text == text)?;
        let Written { file, line, declaration } = &source.written;
        Some((text, difference, format!("{} ({file}:{line})", declaration.as_deref().unwrap_or("connect_src!"))))
    });
    let entry = if is_own {
        Some("self,".to_owned())
    } else {
        suggested_source(&target).map(|source| suggested_entry(&source))
    };
    let titles = match &nearest {
        Some((_, _, title)) => title.clone(),
        None => lacking.iter().map(|policy| policy.title()).collect::<Vec<_>>().join(" or "),
    };
    let nearest = nearest.map(|(text, difference, _)| format!("the nearest is `{text}` ({})", difference.as_str()));
    let entry = entry.filter(|_| !titles.is_empty());
    let add = entry.map(|entry| format!("if it is meant, add `{entry}` to {titles}"));
    let parts: Vec<String> = nearest.into_iter().chain(add).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn unresolved(place: &Place, reason: &str) -> Endpoint {
    Endpoint {
        status: Status::Unresolved,
        origin: None,
        in_part: false,
        development_only: false,
        reason: Some(reason.to_owned()),
        help: None,
        allowed_by: Vec::new(),
        used_by: vec![Use { place: place.clone(), coverage: None }],
    }
}

/// The sources that nothing connects to. What `default-src` has may be there for images or scripts.
fn unused(usages: &[Usage], policies: &[Policy]) -> Vec<Endpoint> {
    let mut declared: BTreeMap<(&Written, &str), (Vec<usize>, &Source)> = BTreeMap::new();
    for (index, policy) in policies.iter().enumerate().filter(|(_, policy)| policy.directive == Some("connect-src")) {
        for source in &policy.sources {
            declared.entry((&source.written, &source.text)).or_insert((Vec::new(), source)).0.push(index);
        }
    }
    for usage @ Usage { target, .. } in usages {
        let UsageTarget::Known(destinations) = target else { continue };
        let scope = in_scope(usage, policies);
        declared.retain(|_, (having, source)| {
            let is_asked = having.iter().any(|index| scope.contains(index));
            !(is_asked && destinations.iter().any(|destination| touches(source, destination)))
        });
    }
    let endpoints = declared.into_values().map(|(having, source)| {
        let names = having.iter().filter_map(|index| policies.get(*index)).map(|policy| policy.name().to_owned());
        Endpoint {
            status: Status::Unused,
            origin: Some(source.text.clone()),
            in_part: false,
            development_only: source.available == Availability::Development,
            reason: None,
            help: None,
            allowed_by: vec![Allowance::new(source, names.collect(), Some("connect-src"))],
            used_by: Vec::new(),
        }
    });
    endpoints.collect()
}
