//! Import maps: what pages and Deno call their modules.

use std::path::{Path, PathBuf};

use super::member;
use crate::scan::cdn;
use crate::scan::summary::{Expr, Property, Summary, json};
use crate::walk::read;

/// Files that Deno has its import map in.
const DENO_FILES: &[&str] = &["deno.json", "deno.jsonc", "import_map.json"];

#[derive(Debug)]
pub(crate) struct ImportMap {
    /// Where its relative targets start.
    folder: PathBuf,
    /// The names, or what names begin with, and their targets.
    names: Vec<(String, String)>,
}

impl ImportMap {
    /// The map that a text is, of a page or configuration in a folder.
    pub(crate) fn of(text: &str, folder: &Path) -> Option<Self> {
        let summary = json(text).summary;
        let root = summary.whole?;
        let mut names: Vec<_> = member(&summary, root, "imports").map_or_else(Vec::new, |id| texts(&summary, id));
        // Names that only some modules call so.
        if let Some(Expr::Object(scopes)) = member(&summary, root, "scopes").map(|id| summary.expression(id)) {
            for scope in scopes {
                if let Property::Named(_, scope) = scope {
                    names.extend(texts(&summary, *scope));
                }
            }
        }
        (!names.is_empty()).then(|| Self { folder: folder.to_owned(), names })
    }

    /// The maps of Deno that count for a folder, with their files: of the nearest folder that has one.
    pub(crate) fn of_deno(root: &Path) -> Vec<(PathBuf, Self)> {
        for folder in root.ancestors() {
            let maps: Vec<_> = DENO_FILES
                .iter()
                .filter_map(|name| {
                    let path = folder.join(name);
                    let map = Self::of(&String::from_utf8(read(&path).ok()?).ok()?, folder)?;
                    Some((path, map))
                })
                .collect();
            if !maps.is_empty() {
                return maps;
            }
            if folder.join("package.json").is_file() || folder.join(".git").exists() {
                break;
            }
        }
        Vec::new()
    }

    /// What a name stands for.
    fn target(&self, specifier: &str) -> Option<String> {
        if let Some((_, target)) = self.names.iter().find(|(name, _)| name == specifier) {
            return Some(target.clone());
        }
        let prefixes = self.names.iter().filter(|(name, _)| name.ends_with('/') && specifier.starts_with(name));
        let (prefix, target) = prefixes.max_by_key(|(name, _)| name.len())?;
        Some(format!("{target}{}", specifier.strip_prefix(prefix)?))
    }
}

/// All maps of a project.
#[derive(Debug, Default)]
pub(super) struct ImportMaps(Vec<ImportMap>);

impl ImportMaps {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, map: ImportMap) {
        self.0.push(map);
        // The nearest one is asked first.
        self.0.sort_by_key(|map| std::cmp::Reverse(map.folder.components().count()));
    }

    /// What a name stands for in a file, and the folder that this is told from. Which page loads a module nobody says: those
    /// in the folders around it come first.
    pub(super) fn find(&self, from: &Path, specifier: &str) -> Option<(&Path, String)> {
        let (around, others): (Vec<_>, Vec<_>) = self.0.iter().partition(|map| from.starts_with(&map.folder));
        around.into_iter().chain(others).find_map(|map| Some((map.folder.as_path(), map.target(specifier)?)))
    }

    /// The names that stand for a file of one of these names.
    pub(super) fn aliases_of(&self, names: &[&str]) -> impl Iterator<Item = String> {
        let leads = move |target: &str| {
            let stem = Path::new(target).file_stem().and_then(|stem| stem.to_str());
            cdn::package(target).is_none() && stem.is_some_and(|stem| names.contains(&stem))
        };
        let all = self.0.iter().flat_map(|map| &map.names);
        let found = all.filter(move |(name, target)| !name.ends_with('/') && leads(target));
        found.map(|(name, _)| name.clone())
    }
}

fn texts(summary: &Summary, object: crate::scan::summary::ExprId) -> Vec<(String, String)> {
    let Expr::Object(properties) = summary.expression(object) else { return Vec::new() };
    let texts = properties.iter().filter_map(|property| match property {
        Property::Named(name, value) => match summary.expression(*value) {
            Expr::Text(target) => Some((name.clone(), target.clone())),
            _ => None,
        },
        Property::Spread(_) | Property::Computed(_) => None,
    });
    texts.collect()
}
