//! What the configuration of a bundler or framework puts into the code: `define`, `runtimeConfig`, `env`, `externals`.

use std::collections::{BTreeSet, HashMap};

use super::Resolver;
use super::value::{FileId, Value};
use crate::scan::elements::{ELEMENT, global_name, pascal_case};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::summary::{Expr, ExprId, MADE_KNOWN, Parsed, Property, Summary};

/// Packages that framework code is imported from, where it is at all.
pub(super) const NUXT: &[&str] = &["#app", "#imports", "nuxt/app"];

/// Folders whose exports Nuxt makes known everywhere.
const NUXT_FOLDERS: &[&str] = &["composables", "stores", "utils"];

/// The most names that are looked for in files that don't connect by themselves, and how often new ones are.
const MOST_MENTIONED: usize = 512;
const MOST_ROUNDS: usize = 4;

#[derive(Debug, Default)]
pub(super) struct Configured {
    /// What stands for a global, by its name with dots.
    defined: HashMap<String, Defined>,
    /// What stands for a module.
    externals: HashMap<String, Defined>,
    /// Nuxt's `runtimeConfig`.
    runtime: Option<(FileId, ExprId)>,
    /// Folders whose exports Nuxt is told to make known, and whether those below count.
    folders: Vec<(String, bool)>,
    /// The object with Next's `publicRuntimeConfig`.
    next: Option<(FileId, ExprId)>,
}

#[derive(Clone, Debug)]
enum Defined {
    Value(FileId, ExprId),
    Text(String),
}

impl Resolver<'_> {
    pub(super) fn find_configured(&mut self) {
        for file in self.project.configs().to_vec() {
            let Some(parsed) = self.project.summary(file) else { continue };
            let summary = &parsed.summary;
            self.find_made_known(file, summary);
            for (id, expression) in (0..).zip(&summary.expressions) {
                match expression {
                    Expr::Object(properties) => {
                        for property in properties {
                            let Property::Named(key, value) = property else { continue };
                            match key.as_str() {
                                "define" => self.define(file, summary, *value),
                                "env" => {
                                    for (key, value) in entries(summary, *value) {
                                        let defined = Defined::Value(file, value);
                                        self.configured.defined.insert(format!("process.env.{key}"), defined);
                                    }
                                }
                                "externals" => {
                                    for (module, value) in entries(summary, *value) {
                                        if let Some(defined) = written(file, summary, value) {
                                            self.configured.externals.insert(module, defined);
                                        }
                                    }
                                }
                                "runtimeConfig" => self.configured.runtime = Some((file, *value)),
                                "publicRuntimeConfig" => self.configured.next = Some((file, id)),
                                _ => {}
                            }
                        }
                    }
                    Expr::New(callee, arguments) => {
                        let is_plugin = match summary.expression(*callee) {
                            Expr::Member(_, name) | Expr::Global(name) => name == "DefinePlugin",
                            Expr::Symbol(symbol) => {
                                summary.binding(*symbol).is_some_and(|binding| binding.name == "DefinePlugin")
                            }
                            _ => false,
                        };
                        if let (true, Some(&values)) = (is_plugin, arguments.first()) {
                            self.define(file, summary, values);
                        }
                    }
                    _ => {}
                }
            }
        }
        if self.project.has_config("nuxt.config") {
            self.find_auto_imports();
        }
    }

    /// What modules of a framework give to all components, and make known everywhere.
    fn find_made_known(&mut self, file: FileId, summary: &Summary) {
        for (name, &value) in &summary.exports {
            let Some(name) = name.strip_prefix(MADE_KNOWN) else { continue };
            let known = if name.starts_with('$') { &mut self.properties } else { &mut self.globals };
            known.entry(name.to_owned()).or_default().push((file, value));
        }
    }

    fn define(&mut self, file: FileId, summary: &Summary, values: ExprId) {
        for (key, value) in entries(summary, values) {
            if let Some(defined) = written(file, summary, value) {
                self.configured.defined.insert(key, defined);
                continue;
            }
            for (name, value) in entries(summary, value) {
                if let Some(defined) = written(file, summary, value) {
                    self.configured.defined.insert(format!("{key}.{name}"), defined);
                }
            }
        }
    }

    /// `imports: { dirs: ["api/**"] }`
    fn find_folders(&mut self, summary: &Summary, imports: ExprId) {
        let dirs = entries(summary, imports).into_iter().find(|(name, _)| name == "dirs");
        let Some(Expr::Array(dirs)) = dirs.map(|(_, dirs)| summary.expression(dirs)) else { return };
        for &dir in dirs {
            let Expr::Text(dir) = summary.expression(dir) else { continue };
            let folder = dir.trim_start_matches(['~', '@', '.', '/']);
            let folder = folder.split('*').next().unwrap_or(folder).trim_end_matches('/');
            if !folder.is_empty() {
                self.configured.folders.push((folder.to_owned(), dir.contains("**")));
            }
        }
    }

    /// What a file makes known in all files of a project of Nuxt's: its exports by their names, a default one by the name of
    /// the file, and components by those of their folders, too.
    fn auto_imports(&self, file: FileId, parsed: &Parsed) -> Vec<(String, ExprId)> {
        let exports = &parsed.summary.exports;
        if let Some(names) = self.project.component_names(file) {
            let Some(&component) = exports.get("default") else { return Vec::new() };
            return names.iter().map(|name| (global_name(name), component)).collect();
        }
        let Some(stem) = self.project.stem_below(file, NUXT_FOLDERS, &self.configured.folders) else {
            return Vec::new();
        };
        let named = exports.iter().map(|(name, &value)| match name.as_str() {
            "default" => (camel_case(&stem), value),
            _ => (name.clone(), value),
        });
        named.collect()
    }

    fn find_auto_imports(&mut self) {
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            for (name, value) in self.auto_imports(file, &parsed) {
                self.globals.entry(name).or_default().push((file, value));
            }
            file += 1;
        }
    }

    /// Parses the files that call what others make known to all: no import says that they do.
    pub(super) fn bring_mentions(&mut self) {
        let is_nuxt = self.project.has_config("nuxt.config");
        for config in self.project.configs().to_vec() {
            let Some(parsed) = self.project.summary(config).filter(|_| is_nuxt) else { continue };
            for expression in &parsed.summary.expressions {
                if let Expr::Object(properties) = expression {
                    for property in properties {
                        if let Property::Named(key, value) = property
                            && key == "imports"
                        {
                            self.find_folders(&parsed.summary, *value);
                        }
                    }
                }
            }
        }
        let (mut known, mut file) = (BTreeSet::new(), 0);
        for _ in 0..MOST_ROUNDS {
            let mut names = BTreeSet::new();
            while let Some(parsed) = self.project.summary(file) {
                let registered = parsed.summary.assignments.iter().filter_map(|&(target, _)| {
                    match parsed.summary.expression(target) {
                        Expr::Global(name) => Some(name.clone()),
                        _ => None,
                    }
                });
                let imported = if is_nuxt { self.auto_imports(file, &parsed) } else { Vec::new() };
                let all = registered
                    .filter(|name| name.starts_with(ELEMENT))
                    .chain(imported.into_iter().map(|(name, _)| name));
                for name in all {
                    match name.strip_prefix(ELEMENT) {
                        Some(element) => names.extend([element.to_owned(), pascal_case(element)]),
                        None => names.extend(Some(name)),
                    }
                }
                file += 1;
            }
            names.retain(|name: &String| name.len() > 2 && !known.contains(name));
            let names: BTreeSet<_> = names.into_iter().take(MOST_MENTIONED).collect();
            if names.is_empty() {
                return;
            }
            self.project.bring_mentions(&names);
            known.extend(names);
        }
    }

    /// What stands for a global.
    pub(super) fn defined(&mut self, name: &str) -> Option<Vec<Value>> {
        if self.configured.defined.is_empty() {
            return None;
        }
        let defined = self.configured.defined.get(name).cloned()?;
        Some(self.defined_values(&defined))
    }

    /// What stands for a module.
    pub(super) fn external(&mut self, source: &str) -> Option<Vec<Value>> {
        let defined = self.configured.externals.get(source).cloned()?;
        Some(self.defined_values(&defined))
    }

    fn defined_values(&mut self, defined: &Defined) -> Vec<Value> {
        let values = match defined {
            Defined::Text(text) => vec![Value::text(text.as_str())],
            Defined::Value(file, value) => self.eval(*file, *value, &None),
        };
        values.into_iter().map(|value| value.by(Resolution::Environment)).collect()
    }

    /// `useRuntimeConfig()` of Nuxt, `getConfig()` of Next.
    pub(super) fn runtime_config(&mut self, callee: &Value) -> Option<Vec<Value>> {
        let (file, value) = match callee {
            Value::Global(name) if name == "useRuntimeConfig" => self.configured.runtime?,
            Value::External { source, path } if path == "useRuntimeConfig" && NUXT.contains(&source.as_str()) => {
                self.configured.runtime?
            }
            Value::External { source, path } if source == "next/config" && path.is_empty() => self.configured.next?,
            _ => return None,
        };
        Some(self.eval(file, value, &None))
    }

    /// A variable of the environment takes the place of a public value.
    pub(super) fn overridden(&self, file: FileId, object: ExprId, name: &str) -> Option<Vec<Value>> {
        let (of, runtime) = self.configured.runtime.filter(|(of, _)| *of == file)?;
        let parsed = self.project.summary(of)?;
        let (_, public) = entries(&parsed.summary, runtime).into_iter().find(|(name, _)| name == "public")?;
        let key = format!("NUXT_PUBLIC_{}", upper_case(name));
        if public != object {
            return None;
        }
        if let Some(value) = self.environment.compiled(&key) {
            return Some(vec![Value::text(value).by(Resolution::Environment)]);
        }
        // An empty text is there for the variable to take its place.
        let own = entries(&parsed.summary, object).into_iter().find(|(own, _)| own == name)?.1;
        let is_empty = matches!(parsed.summary.expression(own), Expr::Text(text) if text.is_empty());
        let detail = format!("`{key}`, which neither the environment nor an env file sets");
        is_empty.then(|| vec![Value::text(""), Value::Nothing(Reason::new(ReasonCode::EnvMissing, detail))])
    }

    /// A variable where the configuration itself reads it: there all are known.
    pub(super) fn configuring(&self, file: FileId, object: &Value, name: &str) -> Option<Value> {
        let is_environment = matches!(object, Value::Global(global) if global == "process.env");
        if !is_environment || !self.project.configs().contains(&file) {
            return None;
        }
        Some(match self.environment.compiled(name) {
            Some(value) => Value::text(value).by(Resolution::Environment),
            None => {
                let detail = format!("`{name}`, which neither the environment nor an env file sets");
                Value::Nothing(Reason::new(ReasonCode::EnvMissing, detail))
            }
        })
    }
}

fn entries(summary: &Summary, object: ExprId) -> Vec<(String, ExprId)> {
    let Expr::Object(properties) = summary.expression(object) else { return Vec::new() };
    let named = properties.iter().filter_map(|property| match property {
        Property::Named(name, value) => Some((name.clone(), *value)),
        Property::Spread(_) | Property::Computed(_) => None,
    });
    named.collect()
}

/// A value that is written as the code of it: `JSON.stringify(…)`, or a text with quotes in it.
fn written(file: FileId, summary: &Summary, value: ExprId) -> Option<Defined> {
    match summary.expression(value) {
        Expr::Text(text) => {
            let inner = ['"', '\'', '`'].iter().find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote))?;
            Some(Defined::Text(inner.to_owned()))
        }
        Expr::Call(callee, arguments) => {
            let Expr::Member(object, name) = summary.expression(*callee) else { return None };
            let is_json = name == "stringify" && *summary.expression(*object) == Expr::Global("JSON".to_owned());
            is_json.then(|| arguments.first().map(|&value| Defined::Value(file, value)))?
        }
        _ => None,
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

/// `apiBase` as `API_BASE`
fn upper_case(name: &str) -> String {
    let mut upper = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !upper.is_empty() {
            upper.push('_');
        }
        upper.extend(character.to_uppercase());
    }
    upper
}
