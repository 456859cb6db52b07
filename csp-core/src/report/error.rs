//! What can't be read: a body, or an entry of one.

use core::fmt;

use super::Counts;

/// A body is no batch of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyError {
    kind: BodyErrorKind,
}

/// What is wrong with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyErrorKind {
    /// There is nothing in it.
    Empty,
    /// It isn't JSON, or not whole.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1; 0 at the beginning of a line.
        column: usize,
    },
    /// It isn't UTF-8, as JSON must be.
    NotUtf8,
    /// It is neither an object nor an array.
    NotReports,
    /// It is longer than its limit in bytes.
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
}

impl BodyError {
    pub(super) const fn new(kind: BodyErrorKind) -> Self {
        Self { kind }
    }

    pub(super) fn not_json(error: &serde_json::Error) -> Self {
        Self::new(BodyErrorKind::NotJson { line: error.line(), column: error.column() })
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> BodyErrorKind {
        self.kind
    }

    /// How the body counts: as one report, which is over the limit or rejected.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        let none = Counts { received: 1, accepted: 0, filtered: 0, rejected: 0, over_limit: 0 };
        match self.kind {
            BodyErrorKind::TooLong { .. } => Counts { over_limit: 1, ..none },
            _ => Counts { rejected: 1, ..none },
        }
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            BodyErrorKind::Empty => out.write_str("the body is empty"),
            BodyErrorKind::NotJson { line, column } => write!(out, "not JSON at line {line} column {column}"),
            BodyErrorKind::NotUtf8 => out.write_str("not UTF-8"),
            BodyErrorKind::NotReports => out.write_str("expected an object or an array"),
            BodyErrorKind::TooLong { limit } => write!(out, "longer than {limit} bytes"),
        }
    }
}

impl core::error::Error for BodyError {}

/// An entry of a batch is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejection {
    /// The entry's place in the batch, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub kind: RejectionKind,
}

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RejectionKind {
    /// A member that must be there isn't.
    Missing {
        /// Its name.
        member: &'static str,
    },
    /// The entry is no object.
    NotAnObject,
    /// The entry has the shape of neither format.
    UnknownShape,
    /// The name of a member can't be read.
    Unreadable,
    /// A member has a value of another type.
    WrongType {
        /// Its name.
        member: &'static str,
    },
}

impl fmt::Display for Rejection {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "entry {}: {}", self.index, self.kind)
    }
}

impl fmt::Display for RejectionKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { member } => write!(out, "no member `{member}`"),
            Self::NotAnObject => out.write_str("expected an object"),
            Self::UnknownShape => out.write_str("neither `csp-report` nor `type` and `body`"),
            Self::Unreadable => out.write_str("a member's name can't be read"),
            Self::WrongType { member } => write!(out, "`{member}` has a value of another type"),
        }
    }
}

impl core::error::Error for Rejection {}
