//! Clients that obey a guard.

#[cfg(feature = "reqwest")]
pub mod reqwest;
