//! What the configuration of a bundler or framework puts into the code: `define`, `runtimeConfig`, `env`, `externals`.

use std::collections::HashMap;

use super::Resolver;
use super::value::{FileId, Value};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::summary::{Expr, ExprId, MADE_KNOWN, Property, Summary};

/// Packages that framework code is imported from, where it is at all.
pub(super) const NUXT: &[&str] = &["#app", "#imports", "nuxt/app"];

/// Packages whose `loadEnv` gives the variables of env files.
const LOADERS: &[&str] = &["vite", "vitest/config"];

#[derive(Debug, Default)]
pub(super) struct Configured {
    /// Where `SvelteKit` is told that its files lie.
    pub(super) assets: Option<String>,
    /// All variables of env files stand in the code.
    pub(super) shows_all: bool,
    /// What stands for a global, by its name with dots.
    defined: HashMap<String, Defined>,
    /// What stands for a module.
    externals: HashMap<String, Defined>,
    /// Nuxt's `runtimeConfig`.
    runtime: Option<(FileId, ExprId)>,
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
                                "paths" => {
                                    let assets = entries(summary, *value).into_iter().find(|(key, _)| key == "assets");
                                    if let Some(Expr::Text(text)) = assets.map(|(_, value)| summary.expression(value)) {
                                        self.configured.assets = Some(text.clone());
                                    }
                                }
                                "runtimeConfig" => self.configured.runtime = Some((file, *value)),
                                "publicRuntimeConfig" => self.configured.next = Some((file, id)),
                                _ => {}
                            }
                        }
                    }
                    Expr::New(callee, arguments) => {
                        let name = match summary.expression(*callee) {
                            Expr::Member(_, name) | Expr::Global(name) => name.as_str(),
                            Expr::Symbol(symbol) => {
                                summary.binding(*symbol).map_or("", |binding| binding.name.as_str())
                            }
                            _ => "",
                        };
                        match (name, arguments.first()) {
                            ("DefinePlugin", Some(&values)) => self.define(file, summary, values),
                            ("EnvironmentPlugin", Some(&variables)) => self.show(file, summary, variables),
                            _ => {}
                        }
                    }
                    _ => {}
                }
            }
            self.find_set_variables(file, summary);
        }
        self.find_known_of_files();
    }

    /// `process.env.KEY = …` where the build is configured: what it starts has the variable.
    fn find_set_variables(&mut self, file: FileId, summary: &Summary) {
        for &(target, value) in &summary.assignments {
            let Expr::Member(object, key) = summary.expression(target) else { continue };
            let is_environment = match summary.expression(*object) {
                Expr::Member(process, env) => {
                    env == "env" && *summary.expression(*process) == Expr::Global("process".to_owned())
                }
                _ => false,
            };
            if is_environment && self.environment.is_public(key) {
                for of in ["process.env", "import.meta.env"] {
                    self.configured.defined.insert(format!("{of}.{key}"), Defined::Value(file, value));
                }
            }
        }
    }

    /// `new EnvironmentPlugin({ KEY: DEFAULT })`, or with names alone.
    fn show(&mut self, file: FileId, summary: &Summary, variables: ExprId) {
        let alone = |id: &ExprId| match summary.expression(*id) {
            Expr::Text(name) => Some((name.clone(), None)),
            _ => None,
        };
        let variables: Vec<_> = match summary.expression(variables) {
            Expr::Array(names) => names.iter().filter_map(alone).collect(),
            _ => entries(summary, variables).into_iter().map(|(name, value)| (name, Some(value))).collect(),
        };
        for (name, default) in variables {
            let set = self.environment.compiled(&name).map(|value| Defined::Text(value.to_owned()));
            if let Some(defined) = set.or_else(|| Some(Defined::Value(file, default?))) {
                self.configured.defined.insert(format!("process.env.{name}"), defined);
            }
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
            // All that `loadEnv` gives.
            let is_whole = key == "process.env" && entries(summary, value).is_empty();
            if is_whole {
                let inner = match written(file, summary, value) {
                    Some(Defined::Value(_, inner)) => inner,
                    _ => value,
                };
                let values = self.eval(file, inner, &None);
                let is_environment = |value: &Value| matches!(value, Value::Global(name) if name == "process.env");
                if values.iter().any(is_environment) {
                    self.configured.shows_all = true;
                    continue;
                }
            }
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
            Value::External { source, path } if path == "loadEnv" && LOADERS.contains(&source.as_str()) => {
                return Some(vec![Value::Global("process.env".to_owned())]);
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

pub(super) fn entries(summary: &Summary, object: ExprId) -> Vec<(String, ExprId)> {
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
