//! `cargo csp check`, `init` and `scan` in a package, as people, scripts and services run them.

#![allow(clippy::expect_used, reason = "a test whose command can't be run can only fail")]

mod configuration;
mod findings;
mod formats;
mod init;
mod levels;
mod package;
mod scanned;
mod workspace;
