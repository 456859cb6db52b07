use std::collections::{BTreeSet, HashSet};
use std::io;
use std::process::{Command, Stdio};

use csp_core::syntax::DeclaredGate;

/// The options of a build, on which cfgs decide.
pub(crate) struct Build {
    debug: bool,
    /// What rustc sets by itself: `unix`, `target_os="linux"`.
    options: HashSet<String>,
    /// Whether whatever could hold does.
    any: bool,
}

impl Build {
    /// A build for this machine: of a release, unless `debug`.
    ///
    /// # Errors
    ///
    /// If rustc can't be asked.
    pub(crate) fn new(debug: bool) -> io::Result<Self> {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let output = Command::new(&rustc).args(["--print", "cfg"]).stderr(Stdio::inherit()).output();
        let output = output.map_err(|error| io::Error::new(error.kind(), format!("rustc can't be run: {error}")))?;
        if !output.status.success() {
            return Err(io::Error::other("rustc doesn't tell its cfgs"));
        }
        let options = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
        Ok(Self { debug, options, any: false })
    }

    /// All builds at once: entries count unless no build has them.
    pub(crate) fn any() -> Self {
        Self { debug: false, options: HashSet::new(), any: true }
    }

    /// Whether it is all builds at once.
    pub(crate) fn is_any(&self) -> bool {
        self.any
    }

    /// Whether an entry counts in a package with these features.
    pub(crate) fn holds(&self, gate: &DeclaredGate, features: &BTreeSet<String>) -> bool {
        if self.any {
            return gate.holds(&|name, value| (name == "test" && value.is_none()).then_some(false)) != Some(false);
        }
        gate.holds(&|name, value| Some(self.is_set(name, value, features))) == Some(true)
    }

    fn is_set(&self, name: &str, value: Option<&str>, features: &BTreeSet<String>) -> bool {
        match (name, value) {
            ("debug_assertions", None) => self.debug,
            ("feature", Some(feature)) => features.contains(feature),
            (name, Some(value)) => self.options.contains(&format!("{name}=\"{value}\"")),
            (name, None) => self.options.contains(name),
        }
    }
}
