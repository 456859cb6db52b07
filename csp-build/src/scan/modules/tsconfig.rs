//! `paths` and `baseUrl` of a tsconfig.

use std::path::{Path, PathBuf};

use super::{existing, member};
use crate::paths::plain;
use crate::scan::summary::{Expr, ExprId, Property, Summary, json};
use crate::walk::read;

/// How far configurations are read through one another, and how many.
const DEEPEST: usize = 8;
const MOST_READ: usize = 32;

/// `paths` and `baseUrl` of a tsconfig.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// Pattern and targets, which are absolute.
    pub(crate) paths: Vec<(String, Vec<PathBuf>)>,
    pub(crate) base: Option<PathBuf>,
    /// The files that say so.
    pub(crate) read: Vec<PathBuf>,
}

impl Config {
    /// What another one says counts in the place of what this one does.
    fn take(&mut self, other: Self) {
        if !other.paths.is_empty() {
            self.paths = other.paths;
        }
        self.base = other.base.or(self.base.take());
        self.read.extend(other.read);
    }

    pub(super) fn find(&self, specifier: &str) -> Option<PathBuf> {
        for (pattern, targets) in &self.paths {
            let Some(middle) = matched(pattern, specifier) else { continue };
            for target in targets {
                let target = target.to_string_lossy().replace('*', middle);
                if let Some(found) = existing(&plain(Path::new(&target))) {
                    return Some(found);
                }
            }
        }
        self.base.as_ref().and_then(|base| existing(&plain(&base.join(specifier))))
    }
}

/// What a tsconfig says itself, by those that it extends, and by those that it is made of.
pub(crate) fn read_config(path: &Path) -> Option<Config> {
    read_below(path, path.parent()?, 0)
}

/// The same of one that another one in `leaf` extends.
fn read_below(path: &Path, leaf: &Path, depth: usize) -> Option<Config> {
    let text = String::from_utf8(read(path).ok()?).ok()?;
    let summary = json(&text).summary;
    let folder = path.parent()?;
    let root = summary.whole?;
    let mut config = Config { read: vec![path.to_owned()], ..Config::default() };
    let parents = member(&summary, root, "extends").map_or_else(Vec::new, |parents| texts(&summary, parents));
    for parent in parents.iter().filter(|parent| parent.starts_with('.')) {
        if config.read.len() >= MOST_READ {
            break;
        }
        if let Some(parent) = read_at(&folder.join(parent), Some(leaf), depth) {
            config.take(parent);
        }
    }
    if let Some(options) = member(&summary, root, "compilerOptions") {
        config.take(own(&summary, options, (folder, leaf), &config));
    }
    // Where this one only names others, as templates of Vite do.
    if config.paths.is_empty()
        && let Some(Expr::Array(references)) = member(&summary, root, "references").map(|id| summary.expression(id))
    {
        for &reference in references.iter().take(MOST_READ) {
            let path = member(&summary, reference, "path").map_or_else(Vec::new, |path| texts(&summary, path));
            let other = path.first().and_then(|path| read_at(&folder.join(path), None, depth));
            if let Some(other) = other.filter(|other| !other.paths.is_empty()) {
                config.take(other);
                break;
            }
        }
    }
    Some(config)
}

/// The configuration at a path, which may lack its extension or be a folder.
fn read_at(path: &Path, leaf: Option<&Path>, depth: usize) -> Option<Config> {
    if depth >= DEEPEST {
        return None;
    }
    let path = plain(path);
    let mut with_extension = path.clone().into_os_string();
    with_extension.push(".json");
    [path.clone(), with_extension.into(), path.join("tsconfig.json")]
        .iter()
        .find_map(|path| read_below(path, leaf.or_else(|| path.parent())?, depth + 1))
}

/// What the options themselves say; paths may be below a base that comes from elsewhere.
fn own(summary: &Summary, options: ExprId, (folder, leaf): (&Path, &Path), inherited: &Config) -> Config {
    let mut config = Config::default();
    if let Some(Expr::Text(base)) = member(summary, options, "baseUrl").map(|id| summary.expression(id)) {
        config.base = Some(plain(&in_folder(folder, leaf, base)));
    }
    if let Some(Expr::Object(paths)) = member(summary, options, "paths").map(|id| summary.expression(id)) {
        let base = config.base.as_ref().or(inherited.base.as_ref()).map_or(folder, PathBuf::as_path);
        let named = paths.iter().filter_map(|property| {
            let Property::Named(pattern, targets) = property else { return None };
            let targets = texts(summary, *targets);
            Some((pattern.clone(), targets.iter().map(|target| in_folder(base, leaf, target)).collect()))
        });
        config.paths = named.collect();
    }
    config
}

/// A path below a base, or, where it says so, below the folder of the configuration that extends the others.
fn in_folder(base: &Path, leaf: &Path, path: &str) -> PathBuf {
    match path.strip_prefix("${configDir}") {
        Some(rest) => leaf.join(rest.trim_start_matches('/')),
        None => base.join(path),
    }
}

/// A text, or those of a list.
fn texts(summary: &Summary, id: ExprId) -> Vec<String> {
    match summary.expression(id) {
        Expr::Text(text) => vec![text.clone()],
        Expr::Array(items) => items.iter().flat_map(|&item| texts(summary, item)).collect(),
        _ => Vec::new(),
    }
}
/// What stands for the `*` of a pattern.
fn matched<'a>(pattern: &str, specifier: &'a str) -> Option<&'a str> {
    match pattern.split_once('*') {
        Some((before, after)) => specifier.strip_prefix(before)?.strip_suffix(after),
        None => (pattern == specifier).then_some(""),
    }
}
