//! Which file an import means.

mod bundled;
mod ember;
mod import_map;
mod rust;
mod tsconfig;

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::cdn;
use super::summary::{Expr, ExprId, Property, Summary};
use crate::paths::plain;
use bundled::Bundled;
pub(crate) use bundled::{CODE_EXTENSIONS, FILES, written_path};
pub(crate) use import_map::ImportMap;
use import_map::ImportMaps;
use rust::rust_module;
pub(crate) use tsconfig::{Config, read_config};

const EXTENSIONS: &[&str] = &["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json", "vue", "svelte", "astro"];

/// Compiled names, and what they are compiled from.
const WRITTEN_AS: &[(&str, &[&str])] =
    &[("js", &["ts", "tsx", "jsx"]), ("mjs", &["mts"]), ("cjs", &["cts"]), ("jsx", &["tsx"])];

#[derive(Debug, Default)]
pub(crate) struct Modules {
    /// What the user gave counts for all files, before what is found.
    given: Vec<Rc<Config>>,
    configs: HashMap<PathBuf, Rc<Config>>,
    bundled: HashMap<PathBuf, Rc<Bundled>>,
    /// The roots of crates, by the folder that names them.
    crates: HashMap<(PathBuf, String), Option<PathBuf>>,
    maps: ImportMaps,
    /// The files that it was told by: tsconfigs, configurations of bundlers and of Deno.
    read: Vec<PathBuf>,
    /// What is scanned: no path that begins with `/` leads out of it.
    roots: Vec<PathBuf>,
}

impl Modules {
    pub(crate) fn with(given: Vec<Config>, roots: Vec<PathBuf>) -> Self {
        let mut modules = Self { given: given.into_iter().map(Rc::new).collect(), roots, ..Self::default() };
        for root in &modules.roots {
            for (path, map) in ImportMap::of_deno(root) {
                modules.read.push(path);
                modules.maps.add(map);
            }
        }
        modules
    }

    /// Whether a file is the configuration of an app of Ember's.
    pub(crate) fn configures_ember(&mut self, file: &Path) -> bool {
        let Some(folder) = file.parent() else { return false };
        self.bundled(folder).ember.as_ref().is_some_and(|ember| ember.is_configuration(file))
    }

    /// The configurations that say where imports lead.
    pub(crate) fn configurations(&self) -> &[PathBuf] {
        &self.read
    }

    pub(crate) fn add_map(&mut self, map: ImportMap) {
        self.maps.add(map);
    }

    /// Whether modules may have other names than their packages.
    pub(crate) fn has_maps(&self) -> bool {
        !self.maps.is_empty()
    }

    /// The package that a specifier means in a file: as it is, by an import map, by the address of a CDN.
    pub(crate) fn called<'s>(&self, from: &Path, specifier: &'s str) -> Cow<'s, str> {
        match self.maps.find(from, specifier) {
            Some((_, target)) => Cow::Owned(cdn::called(&target).into_owned()),
            None => cdn::called(specifier),
        }
    }

    /// The file that a specifier means in a file; `None` for a package.
    pub(crate) fn resolve(&mut self, from: &Path, specifier: &str) -> Option<PathBuf> {
        if from.extension().is_some_and(|extension| extension == "rs") {
            return match specifier.strip_prefix("rust:") {
                Some(name) => self.rust_crate(from, name),
                None => rust_module(from, specifier),
            };
        }
        let specifier = specifier.split('?').next().unwrap_or(specifier);
        let folder = from.parent()?;
        if specifier.starts_with("./") || specifier.starts_with("../") || matches!(specifier, "." | "..") {
            let path = plain(&folder.join(specifier));
            return existing(&path).or_else(|| self.bundled(folder).ember.as_ref()?.configuration(&path));
        }
        if let Some((base, target)) = self.maps.find(from, specifier) {
            return match target.strip_prefix('/') {
                Some(rest) => self.below_page(base, rest),
                None if target.starts_with('.') => existing(&plain(&base.join(target))),
                None => None,
            };
        }
        if specifier.contains("://") {
            return None;
        }
        let found = self.config(folder);
        let bundled = self.bundled(folder);
        let of_ember = bundled.ember.as_ref().map(|ember| &ember.aliases);
        for config in self.given.iter().map(Rc::as_ref).chain([&*found, &bundled.aliases]).chain(of_ember) {
            if let Some(path) = config.find(specifier) {
                return Some(path);
            }
        }
        if let Some((sources, root)) = &bundled.nuxt {
            let in_sources = ["@/", "~/"].iter().find_map(|prefix| specifier.strip_prefix(prefix));
            let in_root = ["@@/", "~~/"].iter().find_map(|prefix| specifier.strip_prefix(prefix));
            let shared = specifier.strip_prefix("#shared/").map(|rest| existing(&root.join("shared").join(rest)));
            let own = in_sources.and_then(|rest| sources.iter().find_map(|source| existing(&source.join(rest))));
            if let Some(found) = own.or_else(|| existing(&root.join(in_root?))).or(shared.flatten()) {
                return Some(found);
            }
        }
        // What Vite and webpack templates set up, and Nuxt and SvelteKit have built in.
        for prefix in ["@/", "~/", "~~/", "@@/", "$lib/", "#shared/", "src/", "/src/"] {
            let Some(rest) = specifier.strip_prefix(prefix) else { continue };
            for folder in folder.ancestors() {
                let below = folder.join(match prefix {
                    "$lib/" => "src/lib",
                    "#shared/" => "shared",
                    _ => "src",
                });
                let found = existing(&below.join(rest));
                if found.is_some() {
                    return found;
                }
                if folder.join("package.json").is_file() {
                    return existing(&folder.join(rest)).or_else(|| existing(&folder.join("app").join(rest)));
                }
            }
        }
        self.below_page(folder, specifier.strip_prefix('/')?)
    }

    /// A path that begins with `/`: below what a server serves, which is the folder of a file or one above it.
    fn below_page(&self, folder: &Path, rest: &str) -> Option<PathBuf> {
        let root = self.roots.iter().find(|root| folder.starts_with(root))?;
        let folders = folder.ancestors().take_while(|folder| folder.starts_with(root));
        folders.map(|folder| existing(&folder.join(rest))).find(Option::is_some)?
    }

    /// The aliases without a `*` that stand for a file of one of these names.
    pub(crate) fn aliases_of(&mut self, folder: &Path, names: &[&str]) -> Vec<String> {
        let (found, bundled) = (self.config(folder), self.bundled(folder));
        let configs = self.given.iter().map(Rc::as_ref).chain([&*found, &bundled.aliases]);
        let paths = configs.flat_map(|config| &config.paths);
        let leads = |target: &PathBuf| target.file_stem().is_some_and(|stem| names.iter().any(|name| stem == *name));
        let exact = paths.filter(|(pattern, targets)| !pattern.contains('*') && targets.iter().any(leads));
        exact.map(|(pattern, _)| pattern.clone()).chain(self.maps.aliases_of(names)).collect()
    }

    /// What bundlers are told in the nearest folder around that may have their configurations: that of a package, or of what
    /// is scanned.
    fn bundled(&mut self, folder: &Path) -> Rc<Bundled> {
        if let Some(bundled) = self.bundled.get(folder) {
            return Rc::clone(bundled);
        }
        let is_package = folder.join("package.json").is_file();
        let may_have = is_package || self.roots.iter().any(|root| root.starts_with(folder));
        let own = if may_have { Bundled::of(folder) } else { Bundled::default() };
        self.read.extend(own.read.iter().cloned());
        let is_end = is_package || own.nuxt.is_some() || !own.aliases.paths.is_empty() || folder.join(".git").exists();
        let bundled = match folder.parent().filter(|_| !is_end) {
            Some(parent) => self.bundled(parent),
            None => Rc::new(own),
        };
        self.bundled.insert(folder.to_owned(), Rc::clone(&bundled));
        bundled
    }

    /// The configuration of the nearest folder that has one.
    fn config(&mut self, folder: &Path) -> Rc<Config> {
        if let Some(config) = self.configs.get(folder) {
            return Rc::clone(config);
        }
        let own = ["tsconfig.json", "jsconfig.json", "tsconfig.app.json"]
            .map(|name| folder.join(name))
            .into_iter()
            .filter_map(|path| read_config(&path))
            .find(|config| !config.paths.is_empty() || config.base.is_some());
        self.read.extend(own.iter().flat_map(|config| config.read.iter().cloned()));
        let config = match (own, folder.parent()) {
            (Some(config), _) => Rc::new(config),
            // Packages end at their package.json.
            (None, Some(parent)) if !folder.join("package.json").is_file() => self.config(parent),
            (None, _) => Rc::default(),
        };
        self.configs.insert(folder.to_owned(), Rc::clone(&config));
        config
    }
}

fn member(summary: &Summary, object: ExprId, name: &str) -> Option<ExprId> {
    let Expr::Object(properties) = summary.expression(object) else { return None };
    properties.iter().find_map(|property| match property {
        Property::Named(key, value) if key == name => Some(*value),
        _ => None,
    })
}

/// The file of a path: as it is, with an extension, as what it is compiled from, or the index of a folder.
fn existing(path: &Path) -> Option<PathBuf> {
    if path.is_file() {
        return Some(path.to_owned());
    }
    let name = path.file_name()?.to_string_lossy().into_owned();
    let with = |extension: &str| path.with_file_name(format!("{name}.{extension}"));
    if let Some(found) = EXTENSIONS.iter().map(|extension| with(extension)).find(|path| path.is_file()) {
        return Some(found);
    }
    let extension = path.extension().and_then(|extension| extension.to_str());
    let compiled = WRITTEN_AS.iter().find(|(compiled, _)| Some(*compiled) == extension);
    if let Some(found) = compiled.and_then(|(_, written)| {
        written.iter().map(|extension| path.with_extension(extension)).find(|path| path.is_file())
    }) {
        return Some(found);
    }
    EXTENSIONS.iter().map(|extension| path.join(format!("index.{extension}"))).find(|path| path.is_file())
}
