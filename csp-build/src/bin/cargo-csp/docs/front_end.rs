//! The calls of the front ends.

use std::io;

use csp_core::scan::ScanData;

use super::Docs;
use super::destination::Destination;
use super::usage::{Place, Usage, UsageTarget};
use crate::front_end::Subject;
use crate::options::FrontEndOptions;
use crate::scanned;
use crate::workspace::{Member, Workspace, relative};

/// The front ends that are asked about.
pub(super) struct FrontEnds {
    subjects: Vec<Subject>,
    /// Their roots, from the workspace on.
    roots: Vec<String>,
    /// The declarations that are named.
    pages: Vec<String>,
}

impl FrontEnds {
    /// Those of `--root`, or else of the configuration; there may be none.
    ///
    /// # Errors
    ///
    /// If a configuration can't be understood.
    pub(super) fn of(docs: &Docs, workspace: &Workspace) -> io::Result<Self> {
        let options = FrontEndOptions {
            paths: docs.root.clone(),
            mode: docs.mode.clone(),
            env_file: docs.env_file.clone(),
            ..FrontEndOptions::default()
        };
        let subjects = options.configured(workspace, &workspace.root)?;
        let mut roots: Vec<String> = subjects
            .iter()
            .flat_map(|subject| subject.roots.iter().map(|root| relative(&workspace.root, &subject.folder.join(root))))
            .collect();
        roots.sort();
        roots.dedup();
        Ok(Self { subjects, roots, pages: docs.name.clone() })
    }

    /// What the scans find.
    ///
    /// # Errors
    ///
    /// If a scan can't run.
    pub(super) fn usages(&self) -> io::Result<Vec<Usage>> {
        let place = |place: &csp_build::scan::Place, call: &str| Place::FrontEnd {
            file: place.file.clone(),
            line: place.line,
            column: place.column,
            call: call.to_owned(),
        };
        let mut usages = Vec::new();
        for subject in &self.subjects {
            let report = &subject.scan()?.report;
            let pages = if self.pages.is_empty() { &subject.configuration.names } else { &self.pages };
            usages.extend(report.endpoints.iter().map(|endpoint| Usage {
                place: place(&endpoint.place, &endpoint.sink),
                members: subject.members.clone(),
                pages: pages.clone(),
                target: match Destination::of_origin(&endpoint.origin) {
                    Some(destination) => UsageTarget::Known(vec![destination]),
                    None => UsageTarget::Unresolved(format!("`{}` is no URL", endpoint.origin)),
                },
            }));
            usages.extend(report.unresolved.iter().map(|call| Usage {
                place: place(&call.place, &call.sink),
                members: subject.members.clone(),
                pages: pages.clone(),
                target: UsageTarget::Unresolved(call.reason.to_string()),
            }));
        }
        Ok(usages)
    }

    /// What `..scanned` takes in: what is scanned anyway.
    ///
    /// # Errors
    ///
    /// If the scan can't run, or nobody has scanned.
    pub(super) fn scanned(&self, member: &Member, workspace: &Workspace) -> io::Result<ScanData> {
        let is_its =
            |subject: &&Subject| subject.members.iter().any(|index| workspace.members[*index].folder == member.folder);
        match self.subjects.iter().find(is_its) {
            Some(subject) => {
                let mut data = subject.scan()?.data.clone();
                // Unresolved calls are endpoints of the reference, and no reason to end.
                data.options.retain(|option| option.name != "strict");
                Ok(data)
            }
            None => scanned::data(workspace, member),
        }
    }

    /// Their roots, from the workspace on.
    pub(super) fn roots(self) -> Vec<String> {
        self.roots
    }
}
