//! What the reference is made of.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::front_end::Question;
use super::policies::Policy;
use super::reference::Reference;
use super::usage::Usage;
use super::{openapi, rust};
use crate::arguments::Docs;
use crate::declarations::Packages;

pub(super) struct Inputs {
    pub(super) policies: Vec<Policy>,
    /// The names of the declarations that the front end's pages have; any of them if empty.
    pub(super) pages: Vec<String>,
    pub(super) usages: Vec<Usage>,
    pub(super) roots: Vec<String>,
    pub(super) documents: Vec<openapi::Source>,
}

impl Inputs {
    /// Reads all that the arguments name.
    ///
    /// # Errors
    ///
    /// If something can't be read, or a declaration isn't there.
    pub(super) fn read(docs: &Docs) -> io::Result<Self> {
        let packages = Packages::find(docs.manifest_path.as_deref(), docs.package.as_deref())?;
        let features = docs.features.iter().flat_map(|list| list.split([',', ' '])).filter(|name| !name.is_empty());
        let base = Base::new(packages.root(), docs.manifest_path.as_deref())?;
        let policies = Policy::read(&packages, &features.map(str::to_owned).collect::<Vec<_>>(), &base)?;
        if let Some(name) = docs.name.iter().find(|name| !policies.iter().any(|policy| policy.name() == name.as_str()))
        {
            let known: Vec<String> = policies.iter().map(|policy| format!("  {}", policy.title())).collect();
            return Err(io::Error::other(format!("there is no declaration `{name}`, but\n{}", known.join("\n"))));
        }
        let front_end = Question::of(docs, &base)?;
        let mut usages = front_end.as_ref().map(|asked| asked.usages(&base)).transpose()?.unwrap_or_default();
        usages.extend(rust::usages(&packages, &policies)?);
        let mut documents = Vec::new();
        for path in &docs.openapi {
            let (document, found) = openapi::read(path, base.relative(path))?;
            documents.push(document);
            usages.extend(found);
        }
        let mut roots = front_end.map(|asked| asked.roots).unwrap_or_default();
        roots.sort();
        documents.sort();
        Ok(Self { policies, pages: docs.name.clone(), usages, roots, documents })
    }

    pub(super) fn reference(self) -> Reference {
        Reference::new(self)
    }
}

/// The folder that all paths in the reference are relative to, wherever the command runs.
pub(super) struct Base {
    pub(super) root: PathBuf,
    here: PathBuf,
    /// The folder of the package's Cargo.toml, which its configuration is told from.
    pub(super) package: Option<PathBuf>,
}

impl Base {
    fn new(root: &Path, manifest: Option<&Path>) -> io::Result<Self> {
        let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let here = real(&std::env::current_dir()?);
        let package = match manifest {
            Some(manifest) => real(&here.join(manifest)).parent().map(Path::to_owned),
            None => here.ancestors().find(|folder| folder.join("Cargo.toml").is_file()).map(Path::to_owned),
        };
        Ok(Self { root: real(root), here, package })
    }

    /// Runs something in another folder.
    #[cfg(feature = "scan")]
    pub(super) fn within<T>(&self, folder: &Path, run: impl FnOnce() -> T) -> io::Result<T> {
        std::env::set_current_dir(folder)?;
        let result = run();
        std::env::set_current_dir(&self.here)?;
        Ok(result)
    }

    /// A path that is told from the package's folder, from the workspace on.
    pub(super) fn of_package(&self, path: &str) -> String {
        self.relative(&self.package.as_ref().unwrap_or(&self.here).join(path))
    }

    /// A path without `.` and `..`, wherever the command runs.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        plain(&self.here.join(path))
    }

    /// A path from the workspace on, with `/` on every system.
    pub(super) fn relative(&self, path: &Path) -> String {
        let path = self.absolute(path);
        let common = self.root.components().zip(path.components()).take_while(|(root, path)| root == path).count();
        let up = self.root.components().skip(common).map(|_| "..".to_owned());
        let down = path.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
        let parts: Vec<String> = up.chain(down).collect();
        if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
    }
}

/// Without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}
