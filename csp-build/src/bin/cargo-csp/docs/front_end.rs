//! The calls of a front end.

use std::io;

use super::inputs::Base;
use super::usage::Usage;
use crate::arguments::Docs;

/// What the scan of the roots finds. Files of a root outside of the workspace are named from the root on.
///
/// # Errors
///
/// If the scan can't run.
#[cfg(feature = "scan")]
pub(super) fn usages(docs: &Docs, base: &Base) -> io::Result<Vec<Usage>> {
    use super::destination::Destination;
    use super::usage::{Place, UsageTarget};

    if docs.root.is_empty() {
        return Ok(Vec::new());
    }
    let mut scan = csp_build::scan::Scan::new().mode(&docs.mode);
    scan = docs.root.iter().fold(scan, |scan, root| scan.root(base.absolute(root)));
    scan = docs.env_file.iter().fold(scan, |scan, file| scan.env_file(base.absolute(file)));
    // A scan names files from the folder that it runs in.
    let report = base.within(|| scan.run())?.map_err(io::Error::other)?;
    let place = |place: &csp_build::scan::Place, call: &str| Place::FrontEnd {
        file: place.file.clone(),
        line: place.line,
        column: place.column,
        call: call.to_owned(),
    };
    let endpoints = report.endpoints.iter().map(|endpoint| Usage {
        place: place(&endpoint.place, &endpoint.sink),
        target: match Destination::of_origin(&endpoint.origin) {
            Some(destination) => UsageTarget::Known(vec![destination]),
            None => UsageTarget::Unresolved(format!("`{}` is no URL", endpoint.origin)),
        },
    });
    let unresolved = report.unresolved.iter().map(|call| Usage {
        place: place(&call.place, &call.sink),
        target: UsageTarget::Unresolved(call.reason.to_string()),
    });
    Ok(endpoints.chain(unresolved).collect())
}

#[cfg(not(feature = "scan"))]
pub(super) fn usages(docs: &Docs, _: &Base) -> io::Result<Vec<Usage>> {
    if docs.root.is_empty() {
        return Ok(Vec::new());
    }
    Err(io::Error::other(
        "--root needs the feature `scan`, without which this `cargo csp` was built: cargo install csp-build --features cli,scan",
    ))
}
