//! [Annotations](https://docs.github.com/actions/reference/workflow-commands-for-github-actions) of GitHub's workflows.

use std::io::{self, Write as _};

use super::places::Places;
use super::{Finding, Place};

pub(super) fn write(findings: &[Finding], places: &Places) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for finding in findings {
        let place = finding.place.as_ref().map_or_else(String::new, |Place { file, line, column }| {
            format!("file={},line={line},col={column},", property(&places.relative(file)))
        });
        let (level, title) = (finding.level.as_str(), property(&format!("csp: {}", finding.code)));
        writeln!(out, "::{level} {place}title={title}::{}", data(&finding.text()))?;
    }
    out.flush()
}

/// A message: what ends it is escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property: what ends it, and it alone, is escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
