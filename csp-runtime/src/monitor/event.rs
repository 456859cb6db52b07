//! What is told of violations while they come in.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{GroupDelta, GroupId, State, StoreError};

/// What is told to those who watch. What happened is in the store already.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// Violations came in: what was added to each group. Once per flush, a second apart when there are many.
    Violations(Arc<Vec<GroupDelta>>),
    /// Somebody changed the state of a group.
    StateChanged {
        /// The group.
        id: GroupId,
        /// Its new state.
        state: State,
    },
}

/// Tells `tracing` what is added to a group.
pub(super) fn violations(delta: &GroupDelta) {
    #[cfg(feature = "tracing")]
    {
        // The level is part of an event's static description.
        macro_rules! tell {
            ($level:expr, $message:literal) => {
                tracing::event!(
                    target: "csp::report",
                    $level,
                    group = %delta.id,
                    class = delta.class.as_str(),
                    noticed_by = delta.noticed_by.as_str(),
                    disposition = if delta.key.is_enforced { "enforce" } else { "report" },
                    directive = %delta.key.directive,
                    blocked = %delta.key.blocked_origin,
                    document = %delta.key.document_origin,
                    source_file = delta.key.source_file.as_deref(),
                    line = delta.key.line,
                    count = delta.count,
                    $message
                )
            };
        }
        match (delta.class.is_noise(), delta.is_new) {
            (true, _) => tell!(tracing::Level::DEBUG, "noise"),
            (false, true) => tell!(tracing::Level::WARN, "new violation"),
            (false, false) => tell!(tracing::Level::INFO, "violation"),
        }
    }
    #[cfg(not(feature = "tracing"))]
    let _ = delta;
}

/// Tells `tracing` that the store doesn't write.
pub(super) fn not_written(error: &StoreError) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: "csp::report", error = %Chain(error), "violations can't be stored yet");
    #[cfg(not(feature = "tracing"))]
    let _ = error;
}

/// Tells `tracing` that the store can't be read.
pub(super) fn not_read(error: &StoreError) {
    #[cfg(feature = "tracing")]
    tracing::error!(target: "csp::report", error = %Chain(error), "violations can't be read");
    #[cfg(not(feature = "tracing"))]
    let _ = error;
}

/// An error and what it comes from, in one line.
#[cfg(feature = "tracing")]
struct Chain<'a>(&'a StoreError);

#[cfg(feature = "tracing")]
impl core::fmt::Display for Chain<'_> {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "{}", self.0)?;
        let mut source = core::error::Error::source(self.0);
        while let Some(error) = source {
            write!(out, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}
