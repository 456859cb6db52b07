//! No calls: what finds them is not built in.

use std::io;

use csp_core::scan::ScanData;

use super::Docs;
use super::usage::Usage;
use crate::outcome::remark;
use crate::scanned;
use crate::workspace::{Member, Workspace};

/// There are none without the scanner.
pub(super) struct FrontEnds;

impl FrontEnds {
    /// None.
    ///
    /// # Errors
    ///
    /// If a root is given.
    pub(super) fn of(docs: &Docs, _: &Workspace) -> io::Result<Self> {
        if !docs.root.is_empty() {
            return Err(crate::scan::missing_scanner());
        }
        remark(&format!("note: no front end is read, whatever is configured: {}", crate::scan::missing_scanner()));
        Ok(Self)
    }

    #[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "as with the scanner")]
    pub(super) fn usages(&self) -> io::Result<Vec<Usage>> {
        Ok(Vec::new())
    }

    #[expect(clippy::unused_self, reason = "as with the scanner")]
    pub(super) fn scanned(&self, member: &Member, workspace: &Workspace) -> io::Result<ScanData> {
        scanned::data(workspace, member)
    }

    #[expect(clippy::unused_self, reason = "as with the scanner")]
    pub(super) fn roots(self) -> Vec<String> {
        Vec::new()
    }
}
