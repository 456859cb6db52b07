//! The npm peer, fetched and run outside of the sources.

use std::fs;
use std::path::Path;
use std::process::Command;

use csp_monitor_tests::Program;

/// The npm peer.
pub(crate) struct Peer(Program);

impl Peer {
    /// `None`, and a line on stderr, where it can't be fetched.
    pub(crate) fn start(directory: &Path) -> Option<Self> {
        let directory = directory.join("peer");
        fs::create_dir(&directory).unwrap();
        for (name, text) in [("peer.mjs", include_str!("peer.mjs")), ("package.json", include_str!("package.json"))] {
            fs::write(directory.join(name), text).unwrap();
        }
        let installed = Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"])
            .arg(&directory)
            .output();
        if !installed.is_ok_and(|output| output.status.success()) {
            eprintln!("skipped: the peer (npm can't fetch it)");
            return None;
        }
        let program = directory.join("peer.mjs");
        let wrapper = ["env", "NODE_ENV=production", "taskset", "--cpu-list", "0", "node"];
        Some(Self(Program::start(program.to_str().unwrap(), &wrapper, "-")))
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port()
    }
}
