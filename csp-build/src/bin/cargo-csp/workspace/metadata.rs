use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

/// What Cargo tells of a workspace.
#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
    pub(super) workspace_root: PathBuf,
    /// `[workspace.metadata]`
    #[serde(default, rename = "metadata")]
    pub(super) own: Value,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) manifest_path: PathBuf,
    pub(super) targets: Vec<Target>,
    /// `[package.metadata]`
    #[serde(default)]
    pub(super) metadata: Value,
    #[serde(default)]
    pub(super) dependencies: Vec<Dependency>,
    /// What each turns on.
    #[serde(default)]
    pub(super) features: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `build` or `dev`
    pub(crate) kind: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Target {
    pub(super) kind: Vec<String>,
    pub(super) src_path: PathBuf,
}

impl Metadata {
    /// Asks Cargo about the workspace of a manifest, or of the working directory.
    ///
    /// # Errors
    ///
    /// If Cargo can't tell: with what it says.
    pub(super) fn read(manifest: Option<&Path>) -> io::Result<Self> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["metadata", "--no-deps", "--format-version", "1"]).stderr(Stdio::piped());
        if let Some(manifest) = manifest {
            command.arg("--manifest-path").arg(manifest);
        }
        let output =
            command.output().map_err(|error| io::Error::new(error.kind(), format!("cargo can't be run: {error}")))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.trim().trim_start_matches("error: ");
            let help = if said.starts_with("could not find `Cargo.toml`") {
                "\nhelp: run this in the folder of a package, or say where one is: --manifest-path PATH"
            } else {
                ""
            };
            return Err(io::Error::other(format!("{said}{help}")));
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}
