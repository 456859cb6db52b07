//! What is known in files that don't import it: by Nuxt, by its modules, and by plugins of bundlers.

use std::collections::{BTreeSet, HashMap};

use super::Resolver;
use super::configured::entries;
use super::value::{Context, FileId, Value};
use crate::scan::elements::{ELEMENT, global_name, pascal_case};
use crate::scan::summary::{Expr, ExprId, Parsed, Property, Summary};

/// Folders whose exports Nuxt makes known everywhere.
const NUXT_FOLDERS: &[&str] = &["composables", "stores", "utils"];

/// The module of Nuxt that makes `VueUse` known.
const VUEUSE_MODULE: &str = "@vueuse/nuxt";
const VUEUSE: &str = "@vueuse/core";

/// Plugins that make functions known, or components.
const IMPORTERS: &[&str] = &["unplugin-auto-import", "unimport"];
const COMPONENTS: &str = "unplugin-vue-components";

/// Words of Svelte that look like stores.
const RUNES: &[&str] = &["bindable", "derived", "effect", "host", "inspect", "props", "state"];

/// The most names that are looked for in files that don't connect by themselves, and how often new ones are.
const MOST_MENTIONED: usize = 512;
const MOST_ROUNDS: usize = 4;

#[derive(Debug, Default)]
pub(super) struct Known {
    /// What packages export, by the names under which it is known: the package and the path in it.
    packages: HashMap<String, (String, String)>,
    /// Folders whose exports are known, and whether those below count.
    folders: Vec<(String, bool)>,
    /// Components are known by their names.
    components: bool,
    is_nuxt: bool,
}

impl Resolver<'_> {
    /// What a package gives to all files under a name.
    pub(super) fn known_of_package(&self, name: &str) -> Option<Value> {
        let (source, path) = self.known.packages.get(name).filter(|_| !self.globals.contains_key(name))?;
        Some(Value::External { source: source.clone(), path: path.clone() })
    }

    /// `$store` of Svelte: what a store of the file holds.
    pub(super) fn held_by_store(&mut self, file: FileId, name: &str, context: &Context) -> Option<Vec<Value>> {
        let name = name.strip_prefix('$').filter(|name| !name.is_empty() && !RUNES.contains(name))?;
        let is_of_svelte = self.project.shown(file).ends_with(".svelte");
        let parsed = self.project.summary(file).filter(|_| is_of_svelte)?;
        let place = parsed.summary.bindings.iter().position(|binding| binding.name == name)?;
        let stores = self.symbol(file, &parsed.summary, u32::try_from(place).ok()?, context);
        let held = stores.into_iter().flat_map(|store| match store {
            Value::Literal(..) => self.member(store, "value"),
            store => vec![store],
        });
        Some(held.collect())
    }

    /// Reads what the configurations make known.
    fn find_known(&mut self) {
        self.known.is_nuxt = self.project.has_config("nuxt.config");
        for file in self.project.configs().to_vec() {
            let Some(parsed) = self.project.summary(file) else { continue };
            let summary = &parsed.summary;
            let is_of_nuxt = self.project.name_and_stem(file).is_some_and(|(_, stem)| stem == "nuxt.config");
            let uses = |package: &str| {
                summary.expressions.iter().any(|expression| match expression {
                    Expr::Import { source, .. } | Expr::Text(source) => {
                        source.split('/').next() == package.split('/').next() && source.starts_with(package)
                    }
                    _ => false,
                })
            };
            if is_of_nuxt && uses(VUEUSE_MODULE) {
                self.know_package(VUEUSE, true);
            }
            self.known.components |= uses(COMPONENTS);
            if !is_of_nuxt && !IMPORTERS.iter().any(|importer| uses(importer)) {
                continue;
            }
            for expression in &summary.expressions {
                let Expr::Object(properties) = expression else { continue };
                for property in properties {
                    let Property::Named(key, value) = property else { continue };
                    match key.as_str() {
                        "imports" | "presets" => self.know_imports(file, summary, *value),
                        "dirs" if !is_of_nuxt => self.know_folders(summary, *value),
                        _ => {}
                    }
                }
            }
        }
    }

    /// `["vue", { axios: [["default", "axios"]] }, { from: "x", imports: ["a"] }]`, and Nuxt's `{ dirs }` and
    /// `{ name, as, from }`.
    fn know_imports(&mut self, file: FileId, summary: &Summary, imports: ExprId) {
        let Expr::Array(items) = summary.expression(imports) else {
            if let Some((_, dirs)) = entries(summary, imports).into_iter().find(|(name, _)| name == "dirs") {
                self.know_folders(summary, dirs);
            }
            return;
        };
        let text = |id: ExprId| match summary.expression(id) {
            Expr::Text(text) => Some(text.as_str()),
            _ => None,
        };
        for &item in items {
            if let Some(package) = text(item) {
                self.know_package(package, false);
                continue;
            }
            let entries = entries(summary, item);
            let of = |name: &str| entries.iter().find(|(key, _)| key == name).map(|(_, value)| *value);
            match (of("from").and_then(text), of("imports"), of("name").and_then(text)) {
                (Some(source), Some(names), _) => self.know_names(file, summary, source, names),
                (Some(source), None, Some(name)) => {
                    self.know(file, source, name, of("as").and_then(text).unwrap_or(name));
                }
                _ => entries.iter().for_each(|(source, names)| self.know_names(file, summary, source, *names)),
            }
        }
    }

    fn know_names(&mut self, file: FileId, summary: &Summary, source: &str, names: ExprId) {
        let Expr::Array(names) = summary.expression(names) else { return };
        for &name in names {
            match summary.expression(name) {
                Expr::Text(name) => self.know(file, source, name, name),
                Expr::Array(pair) => {
                    if let &[name, known] = pair.as_slice()
                        && let (Expr::Text(name), Expr::Text(known)) =
                            (summary.expression(name), summary.expression(known))
                    {
                        self.know(file, source, name, known);
                    }
                }
                _ => {}
            }
        }
    }

    fn know(&mut self, file: FileId, source: &str, name: &str, known: &str) {
        if let Some(module) = self.project.import(file, source) {
            let value = self.project.summary(module).and_then(|parsed| parsed.summary.exports.get(name).copied());
            if let Some(value) = value {
                self.globals.entry(known.to_owned()).or_default().push((module, value));
            }
            return;
        }
        let path = if matches!(name, "*" | "default") { "" } else { name };
        self.known.packages.insert(known.to_owned(), (source.to_owned(), path.to_owned()));
    }

    /// All of a package that connects.
    fn know_package(&mut self, package: &str, yields: bool) {
        for name in self.table.names(package) {
            // What the framework itself has by that name stays its own.
            let is_left = yields && self.table.global(&name).is_some();
            if !name.is_empty() && !name.contains('.') && !is_left {
                self.known.packages.insert(name.clone(), (package.to_owned(), name));
            }
        }
    }

    /// `dirs: ["api/**"]`
    fn know_folders(&mut self, summary: &Summary, dirs: ExprId) {
        let Expr::Array(dirs) = summary.expression(dirs) else { return };
        for &dir in dirs {
            let Expr::Text(dir) = summary.expression(dir) else { continue };
            let folder = dir.trim_start_matches(['~', '@', '.', '/']);
            let folder = folder.split('*').next().unwrap_or(folder).trim_end_matches('/');
            if !folder.is_empty() {
                self.known.folders.push((folder.to_owned(), dir.contains("**")));
            }
        }
    }

    /// The folders whose exports are known without being named.
    fn own_folders(&self) -> &'static [&'static str] {
        if self.known.is_nuxt { NUXT_FOLDERS } else { &[] }
    }

    /// What a file makes known in all files: its exports by their names, a default one by the name of the file, and components
    /// by those of their folders, too.
    fn known_of_file(&self, file: FileId, parsed: &Parsed) -> Vec<(String, ExprId)> {
        let exports = &parsed.summary.exports;
        if (self.known.is_nuxt || self.known.components)
            && let Some(names) = self.project.component_names(file)
        {
            let Some(&component) = exports.get("default") else { return Vec::new() };
            return names.iter().map(|name| (global_name(name), component)).collect();
        }
        let Some(stem) = self.project.stem_below(file, self.own_folders(), &self.known.folders) else {
            return Vec::new();
        };
        let named = exports.iter().map(|(name, &value)| match name.as_str() {
            "default" => (camel_case(&stem), value),
            _ => (name.clone(), value),
        });
        named.collect()
    }

    /// Notes what files make known in all others.
    pub(super) fn find_known_of_files(&mut self) {
        self.project.bring_below(self.own_folders(), &self.known.folders);
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            for (name, value) in self.known_of_file(file, &parsed) {
                self.globals.entry(name).or_default().push((file, value));
            }
            file += 1;
        }
    }

    /// Parses the files that call what others make known to all: no import says that they do.
    pub(super) fn bring_mentions(&mut self) {
        self.find_known();
        let mut names: BTreeSet<_> = self
            .known
            .packages
            .iter()
            .filter(|(_, (package, _))| self.table.has_package(package))
            .map(|(name, _)| name.clone())
            .collect();
        names.extend(self.globals.keys().cloned());
        let (mut known, mut file) = (BTreeSet::new(), 0);
        for _ in 0..MOST_ROUNDS {
            while let Some(parsed) = self.project.summary(file) {
                let registered = parsed.summary.assignments.iter().filter_map(|&(target, _)| {
                    match parsed.summary.expression(target) {
                        Expr::Global(name) => Some(name.clone()),
                        _ => None,
                    }
                });
                let all = registered
                    .filter(|name| name.starts_with(ELEMENT))
                    .chain(self.known_of_file(file, &parsed).into_iter().map(|(name, _)| name));
                for name in all {
                    match name.strip_prefix(ELEMENT) {
                        Some(element) => names.extend([element.to_owned(), pascal_case(element)]),
                        None => names.extend(Some(name)),
                    }
                }
                file += 1;
            }
            names.retain(|name: &String| name.len() > 2 && !known.contains(name));
            let round: BTreeSet<_> = std::mem::take(&mut names).into_iter().take(MOST_MENTIONED).collect();
            if round.is_empty() {
                return;
            }
            self.project.bring_mentions(&round);
            known.extend(round);
        }
    }
}

/// `use-api` as `useApi`
fn camel_case(name: &str) -> String {
    let mut parts = name.split(['-', '_', '.']);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let mut characters = part.chars();
        let start: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
        name + &start + characters.as_str()
    })
}
