//! The packages that a command is about.

#[cfg(feature = "scan")]
mod configuration;
mod member;
mod metadata;
mod paths;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

#[cfg(feature = "scan")]
pub(crate) use configuration::Configuration;
pub(crate) use csp_build::paths::relative;
pub(crate) use member::Member;
pub(crate) use paths::shown;

use crate::options::PackageOptions;
use metadata::Metadata;

/// What is meant of a workspace.
pub(crate) struct Workspace {
    /// Its folder.
    pub(crate) root: PathBuf,
    /// `[workspace.metadata]`
    pub(crate) metadata: Value,
    /// The packages that are meant, by their folders.
    pub(crate) members: Vec<Member>,
    /// The other ones.
    pub(crate) rest: Vec<Member>,
    /// Whether they are all that there are, and none was chosen.
    pub(crate) is_whole: bool,
    /// The folder that places are told from: of the package that is here, where it alone is meant; else of the workspace.
    pub(crate) folder: PathBuf,
}

impl Workspace {
    /// The packages that are named, or the one of this folder, or all of a workspace.
    ///
    /// # Errors
    ///
    /// If Cargo can't tell, or there is no such package.
    pub(crate) fn find(options: &PackageOptions) -> io::Result<Self> {
        let manifest = options.manifest_path.as_deref();
        let Metadata { packages, workspace_root, own } = Metadata::read(manifest)?;
        let here = match manifest {
            Some(manifest) => fs::canonicalize(manifest)?.parent().map(Path::to_owned),
            None => nearest_package(&fs::canonicalize(std::env::current_dir()?)?),
        };
        let mut members: Vec<Member> = packages.into_iter().map(Member::new).collect();
        members.sort_by(|left, right| left.folder.cmp(&right.folder));
        if let Some(missing) = options.package.iter().find(|name| !members.iter().any(|member| member.name == **name)) {
            return Err(no_package(missing, &members));
        }
        let is_here = |member: &Member| here.as_ref() == Some(&member.folder);
        let any_here = members.iter().any(is_here);
        let is_whole = options.package.is_empty() && (options.workspace || !any_here);
        let is_meant = |member: &Member| {
            is_whole || options.package.contains(&member.name) || (options.package.is_empty() && is_here(member))
        };
        let (members, rest): (Vec<Member>, Vec<Member>) = members.into_iter().partition(is_meant);
        let root = fs::canonicalize(&workspace_root).unwrap_or(workspace_root);
        let folder = match members.as_slice() {
            [member] if is_here(member) => member.folder.clone(),
            _ => root.clone(),
        };
        Ok(Self { root, metadata: own, members, rest, is_whole, folder })
    }

    /// The source files of the members, each with the member that it belongs to.
    ///
    /// # Errors
    ///
    /// If a folder can't be read.
    pub(crate) fn files(&self) -> io::Result<BTreeMap<PathBuf, usize>> {
        // A package may stand in the source folder of another one.
        let is_within = |other: &&Member| self.members.iter().any(|member| other.folder.starts_with(&member.folder));
        let candidates: Vec<&Member> = self.members.iter().chain(self.rest.iter().filter(is_within)).collect();
        let mut files = owned(&candidates)?;
        files.retain(|_, member| *member < self.members.len());
        Ok(files)
    }

    /// The source files of the other packages, each with the package, which are counted on from the members.
    ///
    /// # Errors
    ///
    /// If a folder can't be read.
    pub(crate) fn files_of_the_rest(&self) -> io::Result<BTreeMap<PathBuf, usize>> {
        let mut files = owned(&self.members.iter().chain(&self.rest).collect::<Vec<_>>())?;
        files.retain(|_, member| *member >= self.members.len());
        Ok(files)
    }

    /// A file's path below the workspace.
    pub(crate) fn relative(&self, file: &Path) -> String {
        shown(file.strip_prefix(&self.root).unwrap_or(file))
    }
}

/// Each file with the deepest package that has it.
fn owned(packages: &[&Member]) -> io::Result<BTreeMap<PathBuf, usize>> {
    let mut files = BTreeMap::new();
    let depth = |index: usize| packages[index].folder.components().count();
    for (index, package) in packages.iter().enumerate() {
        for file in package.files()? {
            let is_deeper = |other: &usize| file.starts_with(&package.folder) && depth(*other) < depth(index);
            if files.get(&file).is_none_or(is_deeper) {
                files.insert(file, index);
            }
        }
    }
    Ok(files)
}

/// The folder of the nearest Cargo.toml.
fn nearest_package(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join("Cargo.toml").is_file()).map(Path::to_owned)
}

fn no_package(name: &str, members: &[Member]) -> io::Error {
    let names = || members.iter().map(|member| member.name.as_str());
    let help = match csp_core::closest(name, names()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
    };
    let message = format!("there is no package `{}` here: {help}", csp_core::excerpt(name));
    io::Error::new(io::ErrorKind::NotFound, message)
}
