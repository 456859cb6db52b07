//! What must hold of every text and of every decision.
//!
//! The property tests under `cargo test` and the fuzz targets in `tests/fuzz` call the same functions: one with
//! generated values, the other with bytes that coverage led it to. A check says what does not hold, and never panics
//! itself: a panic is a finding about the code under test.

mod canonical;
mod case;
mod choices;
mod decision;
mod hosts;
mod policy;
mod source;

pub use canonical::check_canonical;
pub use case::Case;
pub use policy::check_policy;
pub use source::check_source;

/// What a check found wrong.
pub type Outcome = Result<(), String>;

/// Says what does not hold, with the values that it is about.
macro_rules! ensure {
    ($condition:expr, $($what:tt)+) => {
        if !$condition {
            return Err(format!($($what)+));
        }
    };
}

pub(crate) use ensure;
