//! Violation reports: captured, noisy and hostile bodies, each with what must become of it.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test whose report can't be read can only fail")]

mod captured;
mod classes;
mod explanations;
mod hostile;
mod members;
mod properties;
mod redaction;

use csp_core::report::{
    BodyError, Classification, Counts, Limits, OwnPolicies, RedactedReport, classify, parse, redact,
};

/// What this build sends.
const OWN: &str = "default-src 'none'; connect-src 'self' https://api.example.com https://stream.example.com/v1/ \
                   wss://*.example.org; script-src 'self' 'nonce-r4nd0m'; img-src data:; report-uri /__csp/report?d=e";

/// What a browser quotes of it on another page.
const QUOTED: &str = "default-src 'none'; connect-src 'self' https://api.example.com https://stream.example.com/v1/ \
                      wss://*.example.org; script-src 'self' 'nonce-0th3r'; img-src data:; report-uri /__csp/report?d=e";

fn own() -> OwnPolicies {
    OwnPolicies::new([OWN]).pages(["https://shop.example.com", "http://localhost:3000"])
}

/// `accepted`, `filtered`, `rejected` and `over_limit`; that they add up is checked.
fn row(counts: Counts) -> [usize; 4] {
    let Counts { received, accepted, filtered, rejected, over_limit } = counts;
    assert_eq!(received, accepted + filtered + rejected + over_limit);
    [accepted, filtered, rejected, over_limit]
}

/// Reads, classifies and redacts a body.
fn read(body: &[u8]) -> Result<(Counts, Vec<(Classification, RedactedReport)>), BodyError> {
    let batch = parse(body, &Limits::default())?;
    let own = own();
    let reports = batch.reports().iter().map(|report| {
        let (before, redacted) = (classify(report, &own), redact(report));
        // What is stored is of the same kind as what was received.
        assert_eq!(before, classify(&redacted, &own), "{report:?}");
        // Redaction is idempotent.
        assert_eq!(redact(&redacted), redacted);
        (before, redacted)
    });
    Ok((batch.counts(), reports.collect()))
}

/// The only report of a body.
fn read_one(body: &str) -> (Classification, RedactedReport) {
    let (counts, mut reports) = read(body.as_bytes()).unwrap_or_else(|error| panic!("{error}: {body:.200}"));
    assert_eq!(row(counts), [1, 0, 0, 0], "{body}");
    reports.remove(0)
}

/// A text as JSON.
fn json(text: &str) -> String {
    serde_json::to_string(text).expect("a string")
}

/// A report in the older format.
fn legacy(document: &str, directive: &str, blocked: &str, policy: &str, file: &str) -> String {
    format!(
        r#"{{"csp-report": {{"document-uri": {}, "effective-directive": {}, "blocked-uri": {}, "original-policy": {},
            "source-file": {}, "disposition": "enforce"}}}}"#,
        json(document),
        json(directive),
        json(blocked),
        json(policy),
        json(file)
    )
}
