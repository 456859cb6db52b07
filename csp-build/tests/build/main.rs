//! Crates with a build script, really built: by the lock, which builds in a second, and with the scanner where only that
//! can show it.
//!
//! All of them are built into one folder, so that their dependencies are compiled once.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

mod derived;
mod fixture;
mod lock;
mod macros;
mod profiles;
