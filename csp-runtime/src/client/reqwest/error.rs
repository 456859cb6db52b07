use core::fmt;

use crate::Blocked;

/// Why a guarded client has no response.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The guard refused the URL, the target of a redirect, or an address.
    Blocked(Blocked),
    /// The request failed.
    Request(reqwest::Error),
}

impl Error {
    /// The refusal, if it was one.
    #[must_use]
    pub const fn blocked(&self) -> Option<&Blocked> {
        match self {
            Self::Blocked(blocked) => Some(blocked),
            Self::Request(_) => None,
        }
    }
}

impl From<Blocked> for Error {
    fn from(blocked: Blocked) -> Self {
        Self::Blocked(blocked)
    }
}

impl From<reqwest::Error> for Error {
    /// A refusal within the error comes to light.
    fn from(error: reqwest::Error) -> Self {
        match Blocked::find(&error) {
            Some(blocked) => Self::Blocked(blocked.clone()),
            None => Self::Request(error),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked(blocked) => blocked.fmt(out),
            Self::Request(error) => error.fmt(out),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Blocked(blocked) => Some(blocked),
            Self::Request(error) => Some(error),
        }
    }
}
