//! `cargo csp scan`: which origins does a front end connect to?

#[cfg(feature = "scan")]
mod human;
#[cfg(feature = "scan")]
mod json;

use std::io;

use clap::ColorChoice;

use crate::arguments::Scan;
use crate::outcome::Outcome;

#[cfg(feature = "scan")]
pub(crate) fn run(scan: &Scan, color: ColorChoice) -> io::Result<Outcome> {
    use crate::arguments::Format;

    let mut question = csp_build::scan::Scan::new().mode(&scan.mode);
    question = scan.paths.iter().fold(question, csp_build::scan::Scan::root);
    question = scan.env_file.iter().fold(question, csp_build::scan::Scan::env_file);
    let report = question.run().map_err(io::Error::other)?;
    match scan.format {
        Format::Human => human::write(&report, color)?,
        Format::Json => json::write(&report)?,
    }
    Ok(Outcome::of_findings(!report.unresolved.is_empty()))
}

#[cfg(not(feature = "scan"))]
pub(crate) fn run(_: &Scan, _: ColorChoice) -> io::Result<Outcome> {
    Err(io::Error::other(
        "this `cargo csp` was built without the feature `scan`: cargo install csp-build --features cli,scan",
    ))
}
