//! The guard: what it decides, what it says, and a real client that obeys it.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

mod decisions;
mod events;
mod extended;
mod hostile;
mod reqwest_client;
mod tower_layer;
