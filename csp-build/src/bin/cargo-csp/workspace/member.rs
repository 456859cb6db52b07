use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::metadata::{Dependency, Package};
use super::paths::shown;
use crate::options::FeatureOptions;

/// How deep folders are walked; deeper ones are no source folders.
const DEEPEST: usize = 64;

/// A package that is meant.
pub(crate) struct Member {
    pub(crate) name: String,
    /// The folder of its Cargo.toml.
    pub(crate) folder: PathBuf,
    /// `[package.metadata]`
    pub(crate) metadata: Value,
    pub(crate) dependencies: Vec<Dependency>,
    features: BTreeMap<String, Vec<String>>,
    /// The folders of what it is shipped with: no tests, examples and benches.
    sources: BTreeSet<PathBuf>,
}

impl Member {
    pub(super) fn new(package: Package) -> Self {
        let Package { name, manifest_path, targets, metadata, dependencies, features } = package;
        let folder = real(manifest_path.parent().unwrap_or(Path::new("")));
        let is_shipped = |kinds: &[String]| kinds.iter().any(|kind| kind == "bin" || kind.ends_with("lib"));
        let shipped = targets.iter().filter(|target| is_shipped(&target.kind));
        let sources = shipped.filter_map(|target| target.src_path.parent().map(real)).collect();
        Self { name, folder, metadata, dependencies, features, sources }
    }

    /// Its source files.
    ///
    /// # Errors
    ///
    /// If a folder can't be read.
    pub(crate) fn files(&self) -> io::Result<BTreeSet<PathBuf>> {
        let mut files = BTreeSet::new();
        for folder in &self.sources {
            walk(folder, 0, &mut files)?;
        }
        Ok(files)
    }

    /// The features that a build with these options has, those that others turn on among them.
    pub(crate) fn features(&self, options: &FeatureOptions) -> BTreeSet<String> {
        let mut on = BTreeSet::new();
        let own = |name: &str| match name.split_once('/') {
            // Of a workspace: `shop/lean`.
            Some((package, feature)) => (package == self.name).then(|| feature.to_owned()),
            None => Some(name.to_owned()),
        };
        let mut waiting: Vec<String> = options.named().filter_map(own).collect();
        if options.all_features {
            waiting.extend(self.features.keys().cloned());
        }
        if !options.no_default_features {
            waiting.push("default".to_owned());
        }
        while let Some(name) = waiting.pop() {
            let implied = self.features.get(&name).into_iter().flatten();
            if on.contains(&name) {
                continue;
            }
            waiting.extend(implied.filter_map(|implied| match implied.split_once('/') {
                // `tokio/net` turns on the optional dependency too, `tokio?/net` doesn't.
                Some((dependency, _)) => self.features.contains_key(dependency).then(|| dependency.to_owned()),
                None => (!implied.starts_with("dep:")).then(|| implied.clone()),
            }));
            on.insert(name);
        }
        on
    }
}

/// Without links, so that paths of one file are equal.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
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
