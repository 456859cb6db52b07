//! What the tests in real browsers share: a script that makes calls, servers that answer them, examples that run.

mod assertion;
mod example;
mod probe;
mod services;

pub use assertion::assert_same;
pub use example::Example;
pub use probe::{Call, Probe, Violation, calls, probe};
pub use services::{answer, urls_of_calls};
