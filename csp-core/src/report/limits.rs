//! How much of a body is read.

/// How much of a body is read. What is more is counted and let go.
///
/// ```
/// use csp_core::report::{BodyErrorKind, Limits, parse};
///
/// let limits = Limits::default().bytes(100, 1000).entries(10);
/// assert_eq!(limits.longest(), 1000);
/// let long = format!("{{\"csp-report\": {{\"blocked-uri\": \"https://a.example/{}\"}}}}", "x".repeat(100));
/// assert!(matches!(parse(long.as_bytes(), &limits).unwrap_err().kind(), BodyErrorKind::TooLong { .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest body with one report, in bytes: 64 KiB by default.
    pub single_bytes: usize,
    /// The longest body with an array of reports, in bytes: 1 MiB by default.
    pub batch_bytes: usize,
    /// The most entries of an array: 200 by default.
    pub entries: usize,
}

impl Limits {
    /// For files of one's own: everything is read.
    pub const NONE: Self = Self { single_bytes: usize::MAX, batch_bytes: usize::MAX, entries: usize::MAX };

    /// The same, with at most this many entries.
    #[must_use]
    pub const fn entries(mut self, entries: usize) -> Self {
        self.entries = entries;
        self
    }

    /// The same, with at most this many bytes of one report, and of an array of them.
    #[must_use]
    pub const fn bytes(mut self, single: usize, batch: usize) -> Self {
        self.single_bytes = single;
        self.batch_bytes = batch;
        self
    }

    /// The longest body that can be read at all: what a server has to take in.
    #[must_use]
    pub const fn longest(&self) -> usize {
        if self.single_bytes > self.batch_bytes { self.single_bytes } else { self.batch_bytes }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { single_bytes: 64 << 10, batch_bytes: 1 << 20, entries: 200 }
    }
}
