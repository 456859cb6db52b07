use alloc::boxed::Box;
use core::error::Error;
use core::fmt;

use crate::Blocked;

/// Why a guarded service has no response.
///
/// The error of the inner service is boxed, since many services have boxed errors that are no [`Error`] by themselves.
#[derive(Debug)]
#[non_exhaustive]
pub enum GuardError {
    /// The guard refused the URL, the target of a redirect, or an address.
    Blocked(Blocked),
    /// The inner service failed.
    Inner(Box<dyn Error + Send + Sync>),
}

impl GuardError {
    /// Of an inner service's error. A refusal within it, such as of a resolver, comes to light.
    pub(crate) fn of_inner(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let error = error.into();
        match Blocked::find(&*error) {
            Some(blocked) => Self::Blocked(blocked.clone()),
            None => Self::Inner(error),
        }
    }

    /// The refusal, if it was one.
    #[must_use]
    pub const fn blocked(&self) -> Option<&Blocked> {
        match self {
            Self::Blocked(blocked) => Some(blocked),
            Self::Inner(_) => None,
        }
    }
}

impl From<Blocked> for GuardError {
    fn from(blocked: Blocked) -> Self {
        Self::Blocked(blocked)
    }
}

impl fmt::Display for GuardError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blocked(blocked) => blocked.fmt(out),
            Self::Inner(error) => error.fmt(out),
        }
    }
}

impl Error for GuardError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Blocked(blocked) => Some(blocked),
            Self::Inner(error) => Some(&**error),
        }
    }
}
