//! Calls of every kind that connect-src governs, made by a page, and what came of them.

use csp_harness::{Error, Page};
use serde_json::{Value, json};

/// What an `http:` or `https:` URL can be called with.
const HTTP_KINDS: [&str; 4] = ["fetch", "XMLHttpRequest", "EventSource", "sendBeacon"];

/// A call that a page makes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Call {
    /// What it is made with, such as `fetch`.
    pub kind: &'static str,
    /// Where it goes.
    pub url: String,
}

/// What came of the calls.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Probe {
    /// What each call was answered, in their order. Beacons have no answer.
    pub answers: Vec<Option<String>>,
    /// What the browser reported, sorted by the blocked URL.
    pub violations: Vec<Violation>,
}

/// A `securitypolicyviolation` event.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Violation {
    /// `blockedURI`
    pub blocked_uri: String,
    /// `effectiveDirective`
    pub effective_directive: String,
    /// `violatedDirective`
    pub violated_directive: String,
    /// `originalPolicy`
    pub original_policy: String,
    /// `disposition`
    pub disposition: String,
}

/// Calls of every kind that URLs of this scheme take. The query names the kind, so that no two calls have one URL.
#[must_use]
pub fn calls(url: &str) -> Vec<Call> {
    let kinds = if url.starts_with("ws") { &["WebSocket"][..] } else { &HTTP_KINDS };
    kinds.iter().map(|kind| Call { kind, url: format!("{url}?{kind}") }).collect()
}

/// Has the page make the calls, and waits for this many violations, within limits.
///
/// # Errors
///
/// When the browser does not answer.
pub fn probe(page: &mut Page, calls: &[Call], violations: usize) -> Result<Probe, Error> {
    let calls: Vec<_> = calls.iter().map(|call| json!([call.kind, call.url])).collect();
    let script = include_str!("probe.js");
    let outcome = page.evaluate(&format!("(\n{script})({}, {violations})", json!(calls)))?;
    let mut violations: Vec<_> = list(&outcome["violations"]).iter().map(Violation::read).collect();
    violations.sort();
    let answers = list(&outcome["answers"]).iter().map(|answer| answer.as_str().map(str::to_owned)).collect();
    Ok(Probe { answers, violations })
}

impl Violation {
    fn read(event: &Value) -> Self {
        let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
        Self {
            blocked_uri: text("blockedURI"),
            effective_directive: text("effectiveDirective"),
            violated_directive: text("violatedDirective"),
            original_policy: text("originalPolicy"),
            disposition: text("disposition"),
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
