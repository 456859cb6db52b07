//! `cargo csp scan`: which origins does a front end connect to?

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

use crate::arguments::Scan;
use crate::outcome::Outcome;

#[cfg(feature = "scan")]
pub(crate) use unresolved::finding;

#[cfg(feature = "scan")]
pub(crate) fn run(scan: &Scan, color: ColorChoice) -> io::Result<Outcome> {
    use crate::arguments::FindingsFormat;
    use crate::findings;

    let subject = match &scan.lock {
        Some(_) => scan.front_end.subject_of_package()?.0,
        None => scan.front_end.subject()?,
    };
    let report = subject.scan()?;
    if let (Some(path), Some(package)) = (&scan.lock, &subject.package) {
        lock::write(&subject.front_end, &report, package, path)?;
    }
    match scan.format {
        FindingsFormat::Human => human::write(&report, color)?,
        FindingsFormat::Json => json::write(&report)?,
        FindingsFormat::Github | FindingsFormat::Sarif => {
            let mut found: Vec<_> = report.unresolved.iter().map(finding).collect();
            findings::arrange(&mut found, &subject.configuration);
            findings::write(&found, "", scan.format, color)?;
        }
    }
    let allow = &subject.configuration.allow;
    let is_allowed = |code: &str| allow.iter().any(|allowed| allowed == code);
    Ok(Outcome::of_findings(report.unresolved.iter().any(|call| !is_allowed(call.reason.code.as_str()))))
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
