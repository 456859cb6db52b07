//! What reqwest's clients do beside what the attacks ask of every client.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

mod detours;
mod event_source;
mod guarded;
mod middleware;
mod raw;
mod stage;
