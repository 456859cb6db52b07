use std::path::PathBuf;

use clap::Args;

/// Whose declarations and configuration count.
#[derive(Args, Default)]
#[command(next_help_heading = "Package selection")]
pub(crate) struct PackageOptions {
    /// This package of the workspace, instead of the one in this folder; repeat it for several
    #[arg(long, short, value_name = "NAME")]
    pub(crate) package: Vec<String>,
    /// All packages of the workspace; where this folder has no package of its own, they are all meant anyway
    #[arg(long, conflicts_with = "package")]
    pub(crate) workspace: bool,
    /// This Cargo.toml, instead of the one in this folder or above it
    #[arg(long, value_name = "PATH")]
    pub(crate) manifest_path: Option<PathBuf>,
}

impl PackageOptions {
    /// Whether nothing is said.
    pub(crate) fn is_default(&self) -> bool {
        self.package.is_empty() && !self.workspace && self.manifest_path.is_none()
    }
}
