//! What the tests of the monitor share: a server, a client that says anything, and a database.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test that panics has failed")]

mod client;
mod counters;
mod postgres;
mod program;
mod reports;

pub use client::{Answer, Client, post, request};
pub use counters::{Counts, counters};
pub use postgres::Postgres;
pub use program::Program;
pub use reports::{POLICY, entry, legacy, violation};
