//! What can go wrong while a browser is driven.

use std::{error, fmt, io};

/// A failure to start or drive a browser.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The devtools connection broke; most likely the browser is gone.
    Connection,
    /// Page script threw; the message carries the exception's text.
    Exception,
    /// The browser did not start.
    Launch,
    /// The page could not be loaded.
    Navigation,
    /// The browser refused a command, or its answer lacks a part.
    Protocol,
    /// The awaited thing did not happen in time.
    Timeout,
    /// A file could not be written.
    Write,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    pub(crate) fn launch(action: &str, error: &io::Error) -> Self {
        Self::new(ErrorKind::Launch, format!("{action}: {error}"))
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl error::Error for Error {}
