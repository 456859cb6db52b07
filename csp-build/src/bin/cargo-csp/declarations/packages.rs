use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use super::shown;

/// How deep folders are walked; deeper ones are no source folders.
const DEEPEST: usize = 64;

/// The source files of the packages that are meant.
pub(crate) struct Packages {
    root: PathBuf,
    pub(crate) files: BTreeSet<PathBuf>,
}

/// What Cargo tells of a workspace.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    pub(crate) packages: Vec<Package>,
    pub(crate) workspace_root: PathBuf,
    /// `[workspace.metadata]`
    #[serde(default, rename = "metadata")]
    pub(crate) own: Value,
}

#[derive(Deserialize)]
pub(crate) struct Package {
    name: String,
    pub(crate) manifest_path: PathBuf,
    targets: Vec<Target>,
    /// `[package.metadata]`
    #[serde(default)]
    pub(crate) metadata: Value,
    #[serde(default)]
    pub(crate) dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) name: String,
    /// `build` or `dev`
    pub(crate) kind: Option<String>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: PathBuf,
}

impl Packages {
    /// The package of this name; without one the package of the manifest, or all of a workspace.
    ///
    /// # Errors
    ///
    /// If Cargo can't tell, or there is no such package.
    pub(crate) fn find(manifest: Option<&Path>, name: Option<&str>) -> io::Result<Self> {
        let Metadata { packages, workspace_root, .. } = metadata(manifest)?;
        let here = match manifest {
            Some(manifest) => fs::canonicalize(manifest)?,
            None => std::env::current_dir()?.join("Cargo.toml"),
        };
        let is_here = |package: &Package| fs::canonicalize(&package.manifest_path).is_ok_and(|path| path == here);
        let any_here = packages.iter().any(is_here);
        let is_meant = |package: &Package| match name {
            Some(name) => package.name == name,
            None => !any_here || is_here(package),
        };
        let meant: Vec<&Package> = packages.iter().filter(|package| is_meant(package)).collect();
        if meant.is_empty() {
            let name = name.unwrap_or_default();
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("there is no package `{name}` here")));
        }
        let mut files = BTreeSet::new();
        for target in meant.iter().flat_map(|package| &package.targets) {
            // What a crate is shipped with: no tests, examples and benches.
            let is_shipped = target.kind.iter().any(|kind| kind == "bin" || kind.ends_with("lib"));
            if is_shipped && let Some(folder) = target.src_path.parent() {
                walk(folder, 0, &mut files)?;
            }
        }
        Ok(Self { root: workspace_root, files })
    }

    /// The path of a file that is told from the workspace, from a package on.
    pub(crate) fn relative_to(&self, file: &str, package: &Path) -> String {
        let full = self.root.join(file);
        let package = package.canonicalize().unwrap_or_else(|_| package.to_owned());
        let found = full.canonicalize().unwrap_or(full);
        shown(found.strip_prefix(&package).unwrap_or(&found))
    }

    /// The workspace's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A file's path below the workspace.
    pub(crate) fn relative(&self, file: &Path) -> String {
        shown(file.strip_prefix(&self.root).unwrap_or(file))
    }
}

/// What Cargo tells of the workspace of a manifest.
pub(crate) fn metadata(manifest: Option<&Path>) -> io::Result<Metadata> {
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
        return Err(io::Error::other(said.trim().trim_start_matches("error: ").to_owned()));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// The Rust files of a folder; links to folders are not followed, so that there is an end.
fn walk(folder: &Path, depth: usize, files: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    if depth > DEEPEST {
        return Ok(());
    }
    let here = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", shown(folder)));
    for entry in fs::read_dir(folder).map_err(here)? {
        let entry = entry.map_err(here)?;
        let (path, kind) = (entry.path(), entry.file_type().map_err(here)?);
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && !is_hidden && entry.file_name() != "target" {
            walk(&path, depth + 1, files)?;
        } else if !kind.is_dir() && path.extension().is_some_and(|extension| extension == "rs") && path.is_file() {
            files.insert(path);
        }
    }
    Ok(())
}
