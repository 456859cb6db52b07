//! What the language decides, against tables of measured facts, and what holds for all of it.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

mod addresses;
mod changes;
mod decisions;
mod declarations;
mod directives;
mod equivalence;
mod guard;
mod merged;
mod policies;
mod properties;
mod received;
mod scans;
mod table;
mod url_differential;
mod weaknesses;
