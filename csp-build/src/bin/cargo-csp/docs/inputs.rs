//! What the reference is made of.

use std::io;
use std::path::{Path, PathBuf};

use super::front_end::FrontEnds;
use super::policies::Policy;
use super::reference::Reference;
use super::usage::Usage;
use super::{Docs, openapi, rust};
use crate::workspace::{Workspace, relative};

pub(super) struct Inputs {
    pub(super) policies: Vec<Policy>,
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
        let workspace = Workspace::find(&docs.packages)?;
        let base = Base::new(&workspace)?;
        let front_ends = FrontEnds::of(docs, &workspace)?;
        let policies = Policy::read(&workspace, docs, &|member| front_ends.scanned(member, &workspace))?;
        if let Some(name) = docs.name.iter().find(|name| !policies.iter().any(|policy| policy.name() == name.as_str()))
        {
            let known: Vec<String> = policies.iter().map(|policy| format!("  {}", policy.title())).collect();
            return Err(io::Error::other(format!("there is no declaration `{name}`, but\n{}", known.join("\n"))));
        }
        let mut usages = front_ends.usages()?;
        usages.extend(rust::usages(&workspace, &policies)?);
        let mut documents = Vec::new();
        for path in &docs.openapi {
            let (document, found) = openapi::read(path, base.relative(path))?;
            documents.push(document);
            usages.extend(found);
        }
        let roots = front_ends.roots();
        documents.sort();
        Ok(Self { policies, usages, roots, documents })
    }

    pub(super) fn reference(self) -> Reference {
        Reference::new(self)
    }
}

/// The folder that all paths in the reference are relative to, wherever the command runs.
struct Base {
    root: PathBuf,
    here: PathBuf,
}

impl Base {
    fn new(workspace: &Workspace) -> io::Result<Self> {
        let here = std::fs::canonicalize(std::env::current_dir()?)?;
        Ok(Self { root: workspace.root.clone(), here })
    }

    /// A path from the workspace on, with `/` on every system.
    fn relative(&self, path: &Path) -> String {
        relative(&self.root, &self.here.join(path))
    }
}
