//! What the pages for people say alike.

use std::fmt::Write as _;

use super::coverage::Coverage;
use super::reference::{Allowance, Endpoint, PolicyRecord, Reference, Status, Use};
use super::usage::Place;

/// How many operations are named one by one.
const MOST_NAMED: usize = 6;

/// How a use is told: where, what, and what else.
pub(super) struct Described {
    pub(super) place: String,
    /// Backticks mark code.
    pub(super) what: String,
    pub(super) more: Vec<String>,
}

pub(super) fn describe(place: &Place) -> Described {
    match place {
        Place::FrontEnd { file, line, column, call } => {
            Described { place: format!("{file}:{line}:{column}"), what: format!("`{}`", plain(call)), more: Vec::new() }
        }
        Place::Rust { file, line, policy, url, .. } => Described {
            place: format!("{file}:{line}"),
            what: format!("`endpoint!` of `{}` `{}`", plain(policy), plain(url)),
            more: Vec::new(),
        },
        Place::Api { file, pointer, role, url, operations } => {
            let mut what = plain(role);
            if let Some(url) = url {
                let _ = write!(what, " `{}`", plain(url));
            }
            if role == "authorizationUrl" {
                what.push_str(", which people visit: navigation is not governed by connect-src");
            }
            Described { place: format!("{file}#{pointer}"), what, more: operations.clone() }
        }
    }
}

/// Without what marks code.
fn plain(text: &str) -> String {
    text.replace('`', "'")
}

/// The first few, and how many more there are.
pub(super) fn listed(operations: &[String]) -> String {
    let named = operations.iter().take(MOST_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match operations.len().checked_sub(MOST_NAMED) {
        Some(more) if more > 0 => format!("{named} and {more} more"),
        _ => named,
    }
}

/// Of a use, where the uses of an endpoint differ in it.
pub(super) fn coverage(used: &Use, endpoint: &Endpoint) -> Option<&'static str> {
    let differs = endpoint.used_by.iter().any(|other| other.coverage != used.coverage);
    match used.coverage.filter(|_| differs)? {
        Coverage::None => Some("NOT covered"),
        Coverage::Development => Some("in development only"),
        Coverage::InPart => Some("in part"),
        Coverage::Whole => Some("covered"),
    }
}

/// What the status doesn't say.
pub(super) fn remark(endpoint: &Endpoint) -> Option<&'static str> {
    match endpoint {
        Endpoint { development_only: true, status: Status::Unused, .. } => Some("development only"),
        Endpoint { development_only: true, .. } => Some("in development only"),
        Endpoint { in_part: true, .. } => Some("in part: the source has a path"),
        _ => None,
    }
}

/// What an endpoint that is not covered lacks.
pub(super) fn lack(endpoint: &Endpoint) -> &'static str {
    let is_bare = endpoint.used_by.iter().all(|used| used.coverage == Some(Coverage::None));
    if is_bare { "no source" } else { "no source for some uses" }
}

/// How a policy comes to a source that stands elsewhere; backticks mark code.
pub(super) fn through(allowance: &Allowance) -> Option<String> {
    let mut ways = Vec::new();
    if let Some(declaration) = &allowance.declaration
        && allowance.policies.iter().any(|policy| policy != declaration)
    {
        ways.push(format!("declared in `{declaration}`"));
    }
    if allowance.directive == Some("default-src") {
        ways.push("by `default-src`, for want of `connect-src`".to_owned());
    }
    (!ways.is_empty()).then(|| ways.join(", "))
}

pub(super) fn policy_remark(policy: &PolicyRecord) -> &'static str {
    match (policy.disposition, policy.directive) {
        ("report", _) => " (only reports)",
        (_, None) => " (restricts no connections)",
        _ => "",
    }
}

/// What was read.
pub(super) fn introduction(reference: &Reference) -> String {
    let mut out = "Where this project connects to, what allows it and what uses it, out of the declarations and \
                   endpoint! literals in its Rust sources"
        .to_owned();
    match reference.inputs.roots.as_slice() {
        [] => out.push_str("; no front end was read"),
        roots => {
            let _ = write!(out, ", the front end in {}", roots.join(", "));
        }
    }
    let documents = reference.inputs.documents.iter().map(|document| {
        let title = document.title.iter().chain(&document.version).map(String::as_str).collect::<Vec<_>>().join(" ");
        if title.is_empty() { document.file.clone() } else { format!("{title} ({})", document.file) }
    });
    let documents: Vec<String> = documents.collect();
    if !documents.is_empty() {
        let _ = write!(out, ", and the API documents {}", documents.join(", "));
    }
    out.push('.');
    out
}

/// The name of an endpoint's place on the page; the reference is sorted, and so it stays.
pub(super) fn anchor(endpoint: &Endpoint) -> String {
    let mut anchor = String::from("endpoint-");
    for character in endpoint.origin.as_deref().unwrap_or_default().chars() {
        match character {
            'a'..='z' | '0'..='9' => anchor.push(character),
            '*' => anchor.push_str("any"),
            _ if anchor.ends_with('-') => {}
            _ => anchor.push('-'),
        }
    }
    let anchor = anchor.trim_end_matches('-');
    if endpoint.status == Status::Unused { format!("{anchor}-unused") } else { anchor.to_owned() }
}
