use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use crate::excerpt;

/// Why a text is not what a scan writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanDataError {
    line: usize,
    message: String,
}

impl ScanDataError {
    pub(super) fn no_version() -> Self {
        Self { line: 1, message: "it does not begin with `csp-scan` and its version".to_string() }
    }

    pub(super) fn other_version(version: &str, own: &str) -> Self {
        let message = format!(
            "it has version {} of the format, and this is a reader of version {own}: use one version of the csp crates",
            excerpt(version)
        );
        Self { line: 1, message }
    }

    pub(super) fn line(line: usize, text: &str) -> Self {
        Self { line, message: format!("`{}` is no line of the format", excerpt(text)) }
    }

    /// It ends before its last line.
    pub(super) fn cut(line: usize) -> Self {
        Self { line, message: "it is cut: the line `end` is missing".to_string() }
    }

    /// The line, from 1.
    #[must_use]
    pub const fn line_number(&self) -> usize {
        self.line
    }
}

impl fmt::Display for ScanDataError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}: {}", self.line, self.message)
    }
}

impl core::error::Error for ScanDataError {}
