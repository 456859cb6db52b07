//! Which file an import means.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::summary::{Expr, ExprId, Property, Summary, json};
use crate::paths::plain;
use crate::walk::read;

const EXTENSIONS: &[&str] = &["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "json", "vue", "svelte", "astro"];

/// Compiled names, and what they are compiled from.
const WRITTEN_AS: &[(&str, &[&str])] =
    &[("js", &["ts", "tsx", "jsx"]), ("mjs", &["mts"]), ("cjs", &["cts"]), ("jsx", &["tsx"])];

/// `paths` and `baseUrl` of a tsconfig.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// Pattern and targets, which are absolute.
    pub(crate) paths: Vec<(String, Vec<PathBuf>)>,
    pub(crate) base: Option<PathBuf>,
}

#[derive(Debug, Default)]
pub(crate) struct Modules {
    /// What the user gave counts for all files, before what is found.
    given: Vec<Rc<Config>>,
    configs: HashMap<PathBuf, Rc<Config>>,
    /// The roots of crates, by the folder that names them.
    crates: HashMap<(PathBuf, String), Option<PathBuf>>,
    /// Applications of Ember, by name and folder, by the folder of an importing file.
    ember: HashMap<PathBuf, Option<(String, PathBuf)>>,
}

impl Modules {
    pub(crate) fn with(given: Vec<Config>) -> Self {
        Self { given: given.into_iter().map(Rc::new).collect(), ..Self::default() }
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
            return existing(&plain(&folder.join(specifier)));
        }
        let found = self.config(folder);
        for config in self.given.iter().chain([&found]) {
            if let Some(path) = config.find(specifier) {
                return Some(path);
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
                    // Nuxt 4 has its sources in `app`.
                    return existing(&folder.join(rest)).or_else(|| existing(&folder.join("app").join(rest)));
                }
            }
        }
        self.of_ember(folder, specifier)
    }

    /// What an application of Ember imports below its own name: `shop/utils/api` is `app/utils/api`.
    fn of_ember(&mut self, folder: &Path, specifier: &str) -> Option<PathBuf> {
        let (name, rest) = specifier.split_once('/')?;
        if !self.ember.contains_key(folder) {
            let root = folder.ancestors().find(|folder| folder.join("package.json").is_file());
            let found = root.and_then(|root| Some((ember_name(root)?, root.to_owned())));
            self.ember.insert(folder.to_owned(), found);
        }
        let (_, root) = self.ember.get(folder)?.as_ref().filter(|(own, _)| own == name)?;
        let below = if rest == "config/environment" { root.clone() } else { root.join("app") };
        existing(&below.join(rest))
    }

    /// The aliases without a `*` that stand for a file of one of these names.
    pub(crate) fn aliases_of(&mut self, folder: &Path, names: &[&str]) -> Vec<String> {
        let found = self.config(folder);
        let paths = self.given.iter().chain([&found]).flat_map(|config| &config.paths);
        let leads = |target: &PathBuf| target.file_stem().is_some_and(|stem| names.iter().any(|name| stem == *name));
        let exact = paths.filter(|(pattern, targets)| !pattern.contains('*') && targets.iter().any(leads));
        exact.map(|(pattern, _)| pattern.clone()).collect()
    }

    /// The name of the crate whose sources are in a folder.
    pub(crate) fn crate_name(folder: &Path) -> Option<String> {
        let text = String::from_utf8(read(&folder.parent()?.join("Cargo.toml")).ok()?).ok()?;
        let package = text.split("[package]").nth(1)?;
        let name = package.lines().find_map(|line| line.trim().strip_prefix("name")?.trim_start().strip_prefix('='))?;
        Some(name.trim().trim_matches('"').replace('-', "_"))
    }

    /// The root of the crate that a file is of, by its own name, or of one that its manifest has a path to.
    fn rust_crate(&mut self, from: &Path, name: &str) -> Option<PathBuf> {
        let folder = from.parent()?;
        let key = (folder.to_owned(), name.to_owned());
        if let Some(known) = self.crates.get(&key) {
            return known.clone();
        }
        let manifest = folder.ancestors().map(|folder| folder.join("Cargo.toml")).find(|manifest| manifest.is_file());
        let text = manifest.as_ref().and_then(|manifest| String::from_utf8(read(manifest).ok()?).ok());
        let found = manifest
            .as_ref()
            .and_then(|manifest| manifest.parent())
            .zip(text)
            .and_then(|(folder, text)| Some(folder.join(crate_folder(&text, name)?)))
            .and_then(|folder| {
                ["src/lib.rs", "src/main.rs"].iter().map(|file| plain(&folder.join(file))).find(|file| file.is_file())
            });
        self.crates.insert(key, found.clone());
        found
    }

    /// The configuration of the nearest folder that has one.
    fn config(&mut self, folder: &Path) -> Rc<Config> {
        if let Some(config) = self.configs.get(folder) {
            return Rc::clone(config);
        }
        let own = ["tsconfig.json", "jsconfig.json", "tsconfig.app.json"]
            .map(|name| folder.join(name))
            .into_iter()
            .filter_map(|path| read_config(&path, 0))
            .find(|config| !config.paths.is_empty() || config.base.is_some());
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

impl Config {
    fn find(&self, specifier: &str) -> Option<PathBuf> {
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

pub(crate) fn read_config(path: &Path, depth: usize) -> Option<Config> {
    let text = String::from_utf8(read(path).ok()?).ok()?;
    let summary = json(&text).summary;
    let folder = path.parent()?;
    let root = summary.whole?;
    let mut config = match member(&summary, root, "extends").map(|id| summary.expression(id)) {
        Some(Expr::Text(parent)) if parent.starts_with('.') && depth < 8 => {
            let parent = plain(&folder.join(parent));
            read_config(&parent, depth + 1).or_else(|| read_config(&parent.with_extension("json"), depth + 1))
        }
        _ => None,
    }
    .unwrap_or_default();
    let Some(options) = member(&summary, root, "compilerOptions") else { return Some(config) };
    if let Some(Expr::Text(base)) = member(&summary, options, "baseUrl").map(|id| summary.expression(id)) {
        config.base = Some(plain(&folder.join(base)));
    }
    if let Some(Expr::Object(paths)) = member(&summary, options, "paths").map(|id| summary.expression(id)) {
        let base = config.base.clone().unwrap_or_else(|| folder.to_owned());
        config.paths = paths
            .iter()
            .filter_map(|property| {
                let Property::Named(pattern, targets) = property else { return None };
                let Expr::Array(targets) = summary.expression(*targets) else { return None };
                let targets = targets.iter().filter_map(|&target| match summary.expression(target) {
                    Expr::Text(target) => Some(base.join(target)),
                    _ => None,
                });
                Some((pattern.clone(), targets.collect()))
            })
            .collect();
    }
    Some(config)
}

fn member(summary: &Summary, object: ExprId, name: &str) -> Option<ExprId> {
    let Expr::Object(properties) = summary.expression(object) else { return None };
    properties.iter().find_map(|property| match property {
        Property::Named(key, value) if key == name => Some(*value),
        _ => None,
    })
}

/// The name under which an application of Ember has its modules.
fn ember_name(root: &Path) -> Option<String> {
    if !root.join("ember-cli-build.js").is_file() {
        return None;
    }
    let summary = json(&String::from_utf8(read(&root.join("package.json")).ok()?).ok()?).summary;
    match summary.expression(member(&summary, summary.whole?, "name")?) {
        Expr::Text(name) => Some(name.clone()),
        _ => None,
    }
}

/// What stands for the `*` of a pattern.
fn matched<'a>(pattern: &str, specifier: &'a str) -> Option<&'a str> {
    match pattern.split_once('*') {
        Some((before, after)) => specifier.strip_prefix(before)?.strip_suffix(after),
        None => (pattern == specifier).then_some(""),
    }
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

/// Where a manifest says that a crate is: beside it, or where a dependency has its path to. The lines are told by their
/// beginnings, as people write them.
fn crate_folder(manifest: &str, name: &str) -> Option<String> {
    let is_it = |written: &str| written.trim().trim_matches('"').replace('-', "_") == name;
    let mut section = "";
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let of_dependency = section.rsplit_once("dependencies.").map(|(_, name)| name);
        match (section, key.trim()) {
            ("package" | "lib", "name") if is_it(value) => return Some(".".to_owned()),
            (_, "path") if of_dependency.is_some_and(is_it) => return Some(value.trim().trim_matches('"').to_owned()),
            (section, key) if section.ends_with("dependencies") && is_it(key) => {
                let (_, path) = value.split_once("path")?;
                let path = path.trim_start().strip_prefix('=')?.trim_start().strip_prefix('"')?;
                return path.split_once('"').map(|(path, _)| path.to_owned());
            }
            _ => {}
        }
    }
    None
}

/// The file of a module of the same crate.
fn rust_module(from: &Path, specifier: &str) -> Option<PathBuf> {
    let folder = from.parent()?;
    let mut names = specifier.split("::").peekable();
    // Where the modules below this file are.
    let own = match from.file_stem()?.to_str()? {
        "lib" | "main" | "mod" => folder.to_owned(),
        stem => folder.join(stem),
    };
    let mut at = match names.next()? {
        "crate" => folder
            .ancestors()
            .find(|folder| ["lib.rs", "main.rs"].iter().any(|name| folder.join(name).is_file()))?
            .to_owned(),
        "self" => own,
        "super" => own.parent()?.to_owned(),
        _ => return None,
    };
    while names.next_if_eq(&"super").is_some() {
        at = at.parent()?.to_owned();
    }
    if names.peek().is_none() {
        return ["mod.rs", "lib.rs", "main.rs"].iter().map(|name| at.join(name)).find(|path| path.is_file()).or_else(
            || {
                let file = at.with_extension("rs");
                file.is_file().then_some(file)
            },
        );
    }
    names.for_each(|name| at.push(name));
    let (file, inside) = (at.with_extension("rs"), at.join("mod.rs"));
    if file.is_file() { Some(file) } else { inside.is_file().then_some(inside) }
}
