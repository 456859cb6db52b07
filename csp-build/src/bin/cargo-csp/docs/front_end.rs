//! The calls of a front end.

use std::io;
#[cfg(feature = "scan")]
use std::path::PathBuf;

#[cfg(feature = "scan")]
use csp_build::{FrontEnd, scan::Scan};

#[cfg(feature = "scan")]
use super::destination::Destination;
use super::inputs::Base;
use super::usage::Usage;
#[cfg(feature = "scan")]
use super::usage::{Place, UsageTarget};
use crate::arguments::Docs;
#[cfg(feature = "scan")]
use crate::configuration::Configuration;
#[cfg(not(feature = "scan"))]
use crate::outcome::remark;

/// A front end, as it is asked about.
#[cfg(feature = "scan")]
pub(super) struct Question {
    scan: Scan,
    /// The folder that its files are named from.
    folder: PathBuf,
    /// Its roots, from the workspace on.
    roots: Vec<String>,
}

#[cfg(feature = "scan")]
impl Question {
    /// The front end of `--root`, or else of the configuration; none if there is neither.
    ///
    /// # Errors
    ///
    /// If the configuration can't be read.
    pub(super) fn of(docs: &Docs, base: &Base) -> io::Result<Option<Self>> {
        if !docs.root.is_empty() {
            let scan = docs.root.iter().fold(Scan::new(), |scan, root| scan.root(base.absolute(root)));
            let roots = docs.root.iter().map(|root| base.relative(root));
            return Ok(Some(Self {
                scan: Self::ask(scan, docs, base),
                folder: base.root.clone(),
                roots: roots.collect(),
            }));
        }
        let Some(package) = &base.package else { return Ok(None) };
        let configuration = Configuration::read(package)?;
        if configuration.roots.is_empty() {
            return Ok(None);
        }
        let mut front_end = configuration.roots.iter().fold(FrontEnd::new(), FrontEnd::root);
        front_end = configuration.mode.iter().fold(front_end, FrontEnd::mode);
        let options = configuration.options.iter();
        front_end = options.fold(front_end, |front_end, (name, value)| front_end.option(name, value));
        let scan = front_end.to_scan().map_err(io::Error::other)?;
        let roots = configuration.roots.iter().map(|root| base.of_package(root));
        Ok(Some(Self { scan: Self::ask(scan, docs, base), folder: package.clone(), roots: roots.collect() }))
    }

    fn ask(scan: Scan, docs: &Docs, base: &Base) -> Scan {
        let scan = docs.mode.iter().fold(scan, Scan::mode);
        docs.env_file.iter().fold(scan, |scan, file| scan.env_file(base.absolute(file)))
    }

    /// What the scan finds. Files of a root outside of the folder are named from the root on.
    ///
    /// # Errors
    ///
    /// If the scan can't run.
    pub(super) fn usages(&self, base: &Base) -> io::Result<Vec<Usage>> {
        // A scan names files from the folder that it runs in.
        let report = base.within(&self.folder, || self.scan.run())?.map_err(io::Error::other)?;
        let place = |place: &csp_build::scan::Place, call: &str| Place::FrontEnd {
            file: base.relative(&self.folder.join(&place.file)),
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

    pub(super) fn into_roots(self) -> Vec<String> {
        self.roots
    }
}

/// There is none without the scanner.
#[cfg(not(feature = "scan"))]
pub(super) enum Question {}

#[cfg(not(feature = "scan"))]
impl Question {
    /// None.
    ///
    /// # Errors
    ///
    /// If a root is given.
    pub(super) fn of(docs: &Docs, _: &Base) -> io::Result<Option<Self>> {
        if !docs.root.is_empty() {
            return Err(crate::scan::missing_scanner());
        }
        remark(&format!("note: no front end is read, whatever is configured: {}", crate::scan::missing_scanner()));
        Ok(None)
    }

    pub(super) fn usages(&self, _: &Base) -> io::Result<Vec<Usage>> {
        match *self {}
    }

    pub(super) fn into_roots(self) -> Vec<String> {
        match self {}
    }
}
