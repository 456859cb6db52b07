//! `cargo csp check`: is what the front end connects to declared?

#[cfg(feature = "scan")]
mod compare;

use std::io;

use clap::ColorChoice;

use crate::arguments::Check;
use crate::outcome::Outcome;

#[cfg(not(feature = "scan"))]
pub(crate) fn run(_: &Check, _: ColorChoice) -> io::Result<Outcome> {
    Err(crate::scan::missing_scanner())
}

#[cfg(feature = "scan")]
pub(crate) fn run(check: &Check, color: ColorChoice) -> io::Result<Outcome> {
    use crate::declarations::{self, Build, Packages};
    use crate::findings;
    use crate::outcome::remark;

    const SCHEMA: &str = "cargo-csp/check/1";

    let (subject, package) = check.front_end.subject_of_package()?;
    let report = subject.scan()?;
    let data = subject.front_end.to_data(&package, &report).map_err(io::Error::other)?;

    let packages = Packages::find(Some(&package.join("Cargo.toml")), None)?;
    let features: Vec<String> = check
        .features
        .iter()
        .flat_map(|list| list.split([',', ' ']))
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let mut builds = Vec::new();
    for is_debug in [false, true] {
        let build = Build::new(is_debug, features.clone())?;
        builds.push((is_debug, declarations::read(&packages, &build)?));
    }
    let mut found = compare::compare(&data, &builds, check.name.as_deref(), &packages, &package)?;
    found.extend(compare::stale_lock(&subject.front_end, &package)?);
    found.extend(report.unresolved.iter().map(crate::scan::finding));
    findings::arrange(&mut found, &subject.configuration);
    findings::write(&found, SCHEMA, check.format, color)?;
    remark(&format_args!("{} calls compared, {} findings", data.calls.len(), found.len()));
    Ok(Outcome::of_findings(!found.is_empty()))
}
