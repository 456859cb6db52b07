//! What a scan of a front end has found, and whether a declaration covers it.

mod coverage;
mod data;
mod error;
mod source_use;
mod uncovered;
mod words;

pub use coverage::{Coverage, coverage, coverage_in, is_local};
pub use data::{
    ScanData, ScannedCall, ScannedFile, ScannedOption, ScannedPlace, ScannedVariable, UnresolvedCall, normal_root,
};
pub use error::ScanDataError;
pub use source_use::SourceUse;
pub use uncovered::{write_entry, write_uncovered};

/// What a build script writes into its `OUT_DIR` for the macros, as a [`ScanData`].
pub const DATA_FILE: &str = "csp-scan.txt";

/// What is checked in, so that a build without a scanner knows what one has found, as a [`ScanData`].
pub const LOCK_FILE: &str = "csp.lock";
