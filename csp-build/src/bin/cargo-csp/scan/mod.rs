//! `cargo csp scan`: which origins does a front end connect to?

mod arguments;
#[cfg(feature = "scan")]
mod human;
#[cfg(feature = "scan")]
mod json;
#[cfg(feature = "scan")]
mod lock;
#[cfg(feature = "scan")]
mod unresolved;

use std::io;

use clap::ColorChoice;

use crate::outcome::Outcome;

pub(crate) use arguments::Scan;
#[cfg(feature = "scan")]
pub(crate) use unresolved::finding;

#[cfg(feature = "scan")]
pub(crate) fn run(scan: &Scan, color: ColorChoice) -> io::Result<Outcome> {
    use csp_build::scan::Report;

    use crate::findings::{self, Findings};
    use crate::options::FindingsFormat;

    let subjects = subjects(scan)?;
    lock::refuse_shared(scan.lock.as_deref(), &subjects)?;
    let mut report = Report::default();
    let mut found = Vec::new();
    for subject in &subjects {
        let scanned = subject.scan()?;
        if let Some(path) = &scan.lock {
            lock::write(subject, &scanned.data, path, scan.form.quiet)?;
        }
        // One front end can be that of several packages.
        report.endpoints.extend(scanned.report.endpoints.iter().cloned());
        report.unresolved.extend(scanned.report.unresolved.iter().cloned());
        let unresolved = scanned.report.unresolved.iter().map(finding).collect();
        found.extend(findings::judged(unresolved, &subject.configuration));
    }
    report.endpoints.sort();
    report.endpoints.dedup();
    report.unresolved.sort();
    report.unresolved.dedup();
    let Some(base) = subjects.first().map(|subject| subject.base.clone()) else { return Ok(Outcome::Clean) };
    let found = Findings::new(found, base);
    match scan.form.format {
        FindingsFormat::Human => human::write(&report, &found, &scan.form, color)?,
        FindingsFormat::Json => json::write(&report)?,
        FindingsFormat::Github | FindingsFormat::Sarif => found.write("", &scan.form, color)?,
    }
    Ok(Outcome::of_findings(!found.is_empty()))
}

#[cfg(feature = "scan")]
fn subjects(scan: &Scan) -> io::Result<Vec<crate::front_end::Subject>> {
    use crate::workspace::Workspace;

    // What is in a folder can be scanned without Cargo.
    if scan.front_end.has_paths() && scan.lock.is_none() && scan.packages.is_default() {
        return Ok(vec![scan.front_end.here()?]);
    }
    let workspace = Workspace::find(&scan.packages)?;
    scan.front_end.subjects(&workspace, &workspace.folder)
}

#[cfg(not(feature = "scan"))]
pub(crate) fn run(_: &Scan, _: ColorChoice) -> io::Result<Outcome> {
    Err(missing_scanner())
}

/// What to say without the scanner.
#[cfg(not(feature = "scan"))]
pub(crate) fn missing_scanner() -> io::Error {
    io::Error::other(
        "this `cargo csp` was built without the feature `scan`: cargo install csp-build --features cli,scan",
    )
}
