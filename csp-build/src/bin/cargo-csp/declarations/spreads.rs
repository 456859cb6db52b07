//! `..scanned`: what it comes to.

use std::io;

use csp_core::scan::ScanData;
use csp_core::syntax::{DeclaredList, Errors};

use crate::workspace::Member;

/// Tells what was found by scanning the front end of a package.
pub(crate) type Scans<'s> = dyn Fn(&Member) -> io::Result<ScanData> + 's;

/// Fills the lists of a package as the macros do.
pub(crate) struct Spreads<'s> {
    member: &'s Member,
    scans: &'s Scans<'s>,
    /// Read where it is first asked for.
    data: Option<ScanData>,
}

impl<'s> Spreads<'s> {
    pub(super) fn new(member: &'s Member, scans: &'s Scans<'s>) -> Self {
        Self { member, scans, data: None }
    }

    /// Puts what was found in the place of each `..scanned`. What the macro refuses is a mistake.
    ///
    /// # Errors
    ///
    /// If nothing was scanned: to leave it out would make another policy of it.
    pub(super) fn fill(&mut self, list: &mut DeclaredList, file: &str, errors: &mut Errors) -> io::Result<()> {
        for spread in core::mem::take(&mut list.spreads).into_iter().rev() {
            let data = match &self.data {
                Some(data) => data,
                None => {
                    let data = (self.scans)(self.member).map_err(|error| {
                        let line = spread.scan.span.start().line;
                        io::Error::new(error.kind(), format!("{file}:{line}: `..scanned` can't be filled: {error}"))
                    })?;
                    self.data.insert(data)
                }
            };
            if let Some(selection) = spread.scan.select(data, errors) {
                list.fill(&spread, &selection.calls, errors);
            }
        }
        Ok(())
    }
}
