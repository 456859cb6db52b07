//! What Cargo tells a build script, and what a build script tells Cargo.

use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::Error;

/// A build of a crate.
pub(crate) struct Build {
    /// Where the build script leaves files.
    pub(crate) out: PathBuf,
    /// The folder of the crate's Cargo.toml.
    pub(crate) package: PathBuf,
    /// The profile is `release`, or made of it.
    pub(crate) is_release: bool,
    pub(crate) has_debug_assertions: bool,
}

impl Build {
    pub(crate) fn of_environment() -> Result<Self, Error> {
        let folder = |name: &str| {
            std::env::var_os(name).map(PathBuf::from).ok_or_else(|| {
                Error::new(format!("{name} isn't set: `emit` is for build scripts, which Cargo sets it for"))
            })
        };
        Ok(Self {
            out: folder("OUT_DIR")?,
            package: folder("CARGO_MANIFEST_DIR")?,
            is_release: std::env::var_os("PROFILE").is_some_and(|profile| profile == "release"),
            has_debug_assertions: std::env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_some(),
        })
    }
}

/// Lines for Cargo, which reads the standard output of a build script.
#[derive(Default)]
pub(crate) struct Instructions {
    lines: String,
}

impl Instructions {
    /// Runs the build script again when a file, or one below a folder, changes.
    pub(crate) fn watch(&mut self, path: &str) {
        self.line("rerun-if-changed", path);
    }

    /// Runs the build script again when a variable changes.
    pub(crate) fn watch_variable(&mut self, name: &str) {
        self.line("rerun-if-env-changed", name);
    }

    pub(crate) fn warn(&mut self, message: &str) {
        self.line("warning", message);
    }

    fn line(&mut self, name: &str, value: &str) {
        // A line break would begin another instruction.
        let line = format!("cargo::{name}={}\n", value.replace(['\r', '\n'], " "));
        if !self.lines.contains(&line) {
            self.lines += &line;
        }
    }

    pub(crate) fn write(&self) -> Result<(), Error> {
        let written = io::stdout().lock().write_all(self.lines.as_bytes());
        written.map_err(|error| Error::new(format!("Cargo can't be told when to run this again: {error}")))
    }
}
