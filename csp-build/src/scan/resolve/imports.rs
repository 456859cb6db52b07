//! What other modules export, and what bundlers put into the code.

use std::collections::HashSet;

use super::configured::NUXT;
use super::value::{FileId, Value};
use super::{Resolver, conventions};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::summary::{COMPONENT, template_name};

impl Resolver<'_> {
    pub(super) fn import(&mut self, file: FileId, source: &str, name: &str) -> Vec<Value> {
        if source == COMPONENT {
            return self.component(file);
        }
        // A path of Rust may end with a module.
        let is_rust = matches!(source.split("::").next(), Some("crate" | "self" | "super"));
        if is_rust
            && name != "*"
            && let Some(module) = self.project.import(file, &format!("{source}::{name}"))
        {
            return vec![Value::Module(module)];
        }
        if let Some(address) = conventions::file(source).filter(|_| matches!(name, "*" | "default")) {
            return vec![address];
        }
        // A crate that the tables know is that one, wherever its source lies.
        let is_known = source.starts_with("rust:") && self.table.has_package(source);
        let target = if is_known { None } else { self.project.import(file, source) };
        let Some(target) = target else {
            let source = &*self.project.called(file, source).into_owned();
            // What is known in all files may be imported, too.
            if NUXT.contains(&source) && self.globals.contains_key(name) {
                return self.global(name);
            }
            // A module that is written in its parent's file.
            if let (true, Some((parent, module))) = (is_rust && name != "*", source.rsplit_once("::")) {
                let modules = self.import(file, parent, module);
                return modules.into_iter().flat_map(|module| self.member(module, name)).collect();
            }
            if let Some(values) = self.of_build(source, name) {
                return values;
            }
            // Packages that stand in for the browser's own.
            if name == "Request" && self.table.package(source, "fetch").is_some() {
                return vec![Value::Global(name.to_owned())];
            }
            if let Some(values) = self.external(source) {
                return match name {
                    "*" | "default" => values,
                    name => values.into_iter().flat_map(|value| self.member(value, name)).collect(),
                };
            }
            let path = if matches!(name, "*" | "default") { String::new() } else { name.to_owned() };
            return vec![Value::External { source: source.to_owned(), path }];
        };
        // In this mode the other file is all that there is.
        let target = self.project.replacement(target).unwrap_or(target);
        if name == "*" {
            return vec![Value::Module(target)];
        }
        let values = self.export(target, name, &mut HashSet::new());
        let values = self.imported(source, values);
        values.into_iter().map(|value| value.by(Resolution::Import)).collect()
    }

    /// The component whose template a file is: `list.html` is the one of a class in `list.ts` that says so.
    fn component(&mut self, file: FileId) -> Vec<Value> {
        let Some((name, stem)) = self.project.name_and_stem(file) else { return Vec::new() };
        let Some(module) = self.project.import(file, &format!("./{stem}.ts")) else { return Vec::new() };
        self.export(module, &template_name(&name), &mut HashSet::new())
    }

    /// What a file exports by a name, itself or from another one.
    pub(super) fn export(&mut self, file: FileId, name: &str, visited: &mut HashSet<FileId>) -> Vec<Value> {
        if !visited.insert(file) {
            return Vec::new();
        }
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let summary = &parsed.summary;
        if let Some(&value) = summary.exports.get(name) {
            return self.eval(file, value, &None);
        }
        if let Some(whole) = summary.whole {
            let values = self.eval(file, whole, &None);
            if name == "default" {
                return values;
            }
            return values.into_iter().flat_map(|value| self.member(value, name)).collect();
        }
        for star in &summary.stars {
            let values = match self.project.import(file, star) {
                Some(target) => self.export(target, name, visited),
                None => {
                    vec![Value::External {
                        source: self.project.called(file, star).into_owned(),
                        path: name.to_owned(),
                    }]
                }
            };
            if !values.iter().all(|value| matches!(value, Value::Nothing(_))) {
                return values;
            }
        }
        let detail = format!("`{name}`, which {} doesn't export", self.project.shown(file));
        let reason = Reason::new(ReasonCode::UnresolvedUrl, detail);
        // What a module of Rust lacks a macro gives it.
        let is_rust = self.project.shown(file).rsplit('.').next() == Some("rs");
        vec![if is_rust { Value::unknown(reason) } else { Value::Nothing(reason) }]
    }

    pub(super) fn variable(&self, of: &str, key: &str) -> Value {
        match self.environment.value(key) {
            Some(value) => Value::text(value).by(Resolution::Environment),
            // Where the page lies, which the tools set themselves: below its own origin unless told otherwise.
            None if key == "PUBLIC_URL" => Value::text(self.environment.compiled(key).unwrap_or_default()),
            None if key == "BASE_URL" && of == "import.meta.env" => Value::text("/"),
            None if self.configured.shows_all => match self.environment.of_files(key) {
                Some(value) => Value::text(value).by(Resolution::Environment),
                None => Value::Nothing(Reason::new(ReasonCode::EnvMissing, format!("`{key}`, which no env file sets"))),
            },
            None if self.environment.is_public(key) => {
                Value::Nothing(Reason::new(ReasonCode::EnvMissing, format!("`{key}`, which no env file sets")))
            }
            None => Value::unknown(Reason::new(
                ReasonCode::EnvMissing,
                format!("`{key}`, a variable that bundlers don't show to pages"),
            )),
        }
    }
}
