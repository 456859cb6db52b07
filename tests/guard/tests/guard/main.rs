//! The guard: what it decides, what it says, and a real client that obeys it.

mod decisions;
mod extended;
mod reqwest_client;
mod tower_layer;
