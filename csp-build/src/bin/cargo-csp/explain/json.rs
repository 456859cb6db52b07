//! Answers for scripts: the members that all forms share, and `--format json`.

use std::io::{self, BufWriter, Write as _};

use csp_core::{Finding, Severity, Verdict};
use serde::Serialize;
use url::Url;

use super::answer::{Answer, Circumstances, unparsable, verdict_word};
use super::rules::Rules;
use crate::outcome::Outcome;

/// An answer as scripts read it. `I` is how the question is called.
#[derive(Serialize)]
pub(crate) struct Record<'a, I> {
    pub(crate) id: I,
    pub(crate) verdict: &'static str,
    pub(crate) directive: Option<&'static str>,
    pub(crate) source: Option<&'a str>,
    pub(crate) reason: String,
}

impl<'a, I> Record<'a, I> {
    /// Decides on a URL, exactly as it is given. What can't be parsed can't be allowed.
    pub(crate) fn answer(id: I, rules: &Rules<'a>, circumstances: &Circumstances, url: &str) -> Self {
        let url = match Url::parse(url) {
            Ok(url) => url,
            Err(error) => return Self::error(id, unparsable(error)),
        };
        let answer = Answer::to(rules, circumstances, &url);
        Self {
            id,
            verdict: verdict_word(answer.verdict()),
            directive: answer.directive.map(csp_core::DirectiveName::as_str),
            source: answer.written_source(rules),
            reason: answer.reason_text(),
        }
    }

    pub(crate) fn error(id: I, reason: String) -> Self {
        Self { id, verdict: "error", directive: None, source: None, reason }
    }

    pub(crate) fn is_allowed(&self) -> bool {
        self.verdict == verdict_word(Verdict::Allow)
    }
}

/// An answer that stands without its question.
#[derive(Serialize)]
struct FullRecord<'a> {
    url: &'a str,
    #[serde(flatten)]
    record: Record<'a, usize>,
    findings: Vec<FindingRecord<'a>>,
}

#[derive(Clone, Serialize)]
struct FindingRecord<'a> {
    code: &'static str,
    severity: &'static str,
    text: &'a str,
    message: &'a str,
    help: Option<&'a str>,
}

pub(crate) fn run(rules: &Rules<'_>, circumstances: &Circumstances, urls: &[String]) -> io::Result<Outcome> {
    let findings: Vec<_> = rules.findings().iter().map(FindingRecord::from).collect();
    let records: Vec<_> = urls
        .iter()
        .enumerate()
        .map(|(id, url)| FullRecord {
            url,
            record: Record::answer(id, rules, circumstances, url),
            findings: findings.clone(),
        })
        .collect();
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, &records)?;
    writeln!(out)?;
    out.flush()?;
    Ok(Outcome::of_findings(records.iter().any(|full| !full.record.is_allowed())))
}

impl<'a> From<&'a Finding<'a>> for FindingRecord<'a> {
    fn from(finding: &'a Finding<'a>) -> Self {
        Self {
            code: finding.code.as_str(),
            severity: severity_word(finding.severity()),
            text: finding.text,
            message: &finding.message,
            help: finding.help.as_deref(),
        }
    }
}

/// The word for a severity.
pub(crate) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Error => "error",
        // What the core may come to tell apart is no less than a warning.
        _ => "warning",
    }
}
