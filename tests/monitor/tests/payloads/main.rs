//! What browsers send, what comes as noise, and what is sent to do harm: each gets its answer, and counts.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

mod captured;
mod hostile;
mod noisy;
mod requests;

use csp_monitor_tests::{Counts, Program, counters, request};

/// A request, and what becomes of it.
pub(crate) struct Case {
    name: String,
    method: &'static str,
    target: &'static str,
    header: Vec<(&'static str, String)>,
    body: Vec<u8>,
    status: u16,
    /// Accepted, filtered, rejected, over the limit, shed.
    counts: [u64; 5],
}

impl Case {
    pub(crate) fn new(name: impl Into<String>, body: impl Into<Vec<u8>>, status: u16, counts: [u64; 4]) -> Self {
        let [accepted, filtered, rejected, over_limit] = counts;
        Self {
            name: name.into(),
            method: "POST",
            target: "/__csp/report",
            header: vec![("Content-Type", "application/reports+json".into())],
            body: body.into(),
            status,
            counts: [accepted, filtered, rejected, over_limit, 0],
        }
    }

    /// One that is answered with 204.
    pub(crate) fn taken(name: impl Into<String>, body: impl Into<Vec<u8>>, counts: [u64; 4]) -> Self {
        Self::new(name, body, 204, counts)
    }

    /// One that is answered with 400, and counts as one rejected.
    pub(crate) fn broken(name: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::new(name, body, 400, [0, 0, 1, 0])
    }

    pub(crate) fn content_type(mut self, content_type: &str) -> Self {
        self.header = vec![("Content-Type", content_type.to_owned())];
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Self {
        self.header.push((name, value.to_owned()));
        self
    }

    pub(crate) fn to(mut self, method: &'static str, target: &'static str) -> Self {
        (self.method, self.target) = (method, target);
        self
    }
}

#[test]
fn each_payload_gets_its_answer_and_counts() {
    let program = Program::start(env!("CARGO_BIN_EXE_collector"), &[], "memory");
    let port = program.port();
    let mut cases = captured::cases();
    cases.extend(noisy::cases());
    cases.extend(hostile::cases());
    cases.extend(requests::cases());
    assert!(cases.len() >= 150, "{} payloads", cases.len());
    let mut before = counters(port);
    let mut expected = [0; 5];
    for case in &cases {
        let header: Vec<_> = case.header.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = request(port, case.method, case.target, &header, &case.body);
        assert_eq!(answer.status, case.status, "{}: {}", case.name, String::from_utf8_lossy(&answer.body));
        let after = counters(port);
        assert_eq!(after - before, Counts(case.counts), "{}", case.name);
        before = after;
        for (sum, count) in expected.iter_mut().zip(case.counts) {
            *sum += count;
        }
    }
    assert_eq!(before, Counts(expected));
    secrets_are_nowhere(port);
}

/// All texts of the payloads that are secrets have this word in them.
fn secrets_are_nowhere(port: u16) {
    let answer = request(port, "GET", "/__csp/api/groups?all", &[], b"");
    assert_eq!(answer.status, 200);
    let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let mut texts = Vec::new();
    gather(&json, &mut texts);
    assert!(texts.contains(&"https://evil.example/e"), "{texts:#?}");
    for text in texts {
        assert!(!text.contains("s3cret"), "{text}");
        // Nor is there a character that a terminal or a browser obeys.
        let is_obeyed = |character: char| character.is_control() || "\u{202e}\u{200b}\u{2066}".contains(character);
        assert!(!text.chars().any(is_obeyed), "{text:?}");
    }
}

fn gather<'a>(json: &'a serde_json::Value, texts: &mut Vec<&'a str>) {
    match json {
        serde_json::Value::String(text) => texts.push(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| gather(value, texts)),
        serde_json::Value::Object(members) => members.values().for_each(|value| gather(value, texts)),
        _ => {}
    }
}
