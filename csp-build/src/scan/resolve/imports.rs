//! What other modules export, and what bundlers put into the code.

use std::collections::HashSet;

use super::Resolver;
use super::configured::NUXT;
use super::members::own_page;
use super::value::{FileId, Value};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::summary::{COMPONENT, template_name};

/// Files that bundlers copy beside the code: their import is where they lie.
const ASSETS: &[&str] = &[
    "aac", "apng", "avif", "bin", "bmp", "fbx", "flac", "gif", "glb", "gltf", "hdr", "ico", "jpeg", "jpg", "ktx2",
    "m4a", "mp3", "mp4", "obj", "ogg", "onnx", "opus", "otf", "pdf", "png", "riv", "svg", "tflite", "ttf", "wasm",
    "wav", "webm", "webp", "woff", "woff2", "zip",
];

impl Resolver<'_> {
    pub(super) fn import(&mut self, file: FileId, source: &str, name: &str) -> Vec<Value> {
        if source == COMPONENT {
            return self.component(file);
        }
        if is_asset(source) && matches!(name, "*" | "default") {
            return vec![own_page()];
        }
        // A path of Rust may end with a module.
        let is_rust = matches!(source.split("::").next(), Some("crate" | "self" | "super"));
        if is_rust
            && name != "*"
            && let Some(module) = self.project.import(file, &format!("{source}::{name}"))
        {
            return vec![Value::Module(module)];
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
            // SvelteKit's module of the variables that the build has.
            if source == "$env/static/public" {
                return match name {
                    "*" | "default" => vec![Value::Global("import.meta.env".to_owned())],
                    name => vec![self.variable("import.meta.env", name)],
                };
            }
            if let Some(value) = self.of_sveltekit(source, name) {
                return vec![value];
            }
            // The module of ember-fetch, which is called so.
            if source == "fetch" && self.project.is_of_ember(file) {
                return vec![Value::Global(if name == "default" { source } else { name }.to_owned())];
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
        if self.project.configures_ember(target) {
            let configured = self.configuration_of_ember(target);
            return match name {
                "*" | "default" => configured,
                name => configured.into_iter().flat_map(|value| self.member(value, name)).collect(),
            };
        }
        if name == "*" {
            return vec![Value::Module(target)];
        }
        let values = self.export(target, name, &mut HashSet::new());
        values.into_iter().map(|value| value.by(Resolution::Import)).collect()
    }

    /// What `SvelteKit` gives: variables that the server has when it runs, which are those of env files unless told otherwise,
    /// and paths, which begin where the app lies.
    fn of_sveltekit(&mut self, source: &str, name: &str) -> Option<Value> {
        Some(match (source, name) {
            ("$env/dynamic/public", "env") => Value::Global("import.meta.env".to_owned()),
            ("$app/paths", "base") => Value::text(""),
            ("$app/paths", "assets") => Value::text(self.configured.assets.as_deref().unwrap_or_default()),
            // They put the base before a path, and give the path back.
            ("$app/paths", "asset" | "resolve" | "resolveRoute") => Value::Global("String".to_owned()),
            _ => return None,
        })
    }

    /// What the function of `config/environment.js` returns, in whatever mode.
    fn configuration_of_ember(&mut self, file: FileId) -> Vec<Value> {
        let functions = self.export(file, "default", &mut HashSet::new());
        let mut values = Vec::new();
        for function in functions {
            let Value::Function(of, id, _) = function else {
                values.push(function);
                continue;
            };
            let parsed = self.project.summary(of);
            let returns = parsed.and_then(|parsed| Some(parsed.summary.function(id)?.returns.clone()));
            values.extend(returns.into_iter().flatten().flat_map(|value| self.eval(of, value, &None)));
        }
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

/// Whether an import is of a file's address, not of what is in it.
fn is_asset(source: &str) -> bool {
    let (path, query) = source.split_once('?').unwrap_or((source, ""));
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    let is_told = query.split('&').any(|part| part == "url");
    let is_code = query.split('&').any(|part| matches!(part, "raw" | "component" | "react" | "init"));
    !source.contains("://") && (is_told || !is_code && extension.is_some_and(|extension| ASSETS.contains(&extension)))
}
