//! What is given to objects and globals from elsewhere: by assignments in other files, by scripts that share a page, by
//! plugins and interceptors.

use std::collections::BTreeSet;

use super::Resolver;
use super::value::{FileId, Value};
use crate::scan::report::Resolution;
use crate::scan::summary::{Expr, ExprId, Summary};

/// Names of the global object in assignments.
const GLOBAL_OBJECTS: &[&str] = &["window", "self", "globalThis", "global", "top"];

/// Globals that are the browser's own, whoever assigns to them.
const OF_BROWSERS: &[&str] = &["document", "history", "location", "navigator", "parent", "self", "top", "window"];

/// Globals of the language that scripts name all the time.
const OF_LANGUAGE: &[&str] = &[
    "Array",
    "Boolean",
    "Date",
    "Error",
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "Promise",
    "Set",
    "String",
    "Symbol",
    "Uint8Array",
    "arguments",
    "console",
    "clearTimeout",
    "exports",
    "module",
    "null",
    "parseInt",
    "process",
    "require",
    "setInterval",
    "setTimeout",
    "this",
    "undefined",
];

/// The most names of globals that are looked for.
const MOST_NAMES: usize = 512;

/// A value that is assigned to a member, where it is written.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) name: String,
    file: FileId,
    value: ExprId,
}

/// What a default base is of.
#[derive(Clone, Debug)]
pub(super) enum BaseOf {
    Package(String),
    /// A client, by the place where it is made.
    Client((FileId, ExprId)),
}

impl Resolver<'_> {
    /// Notes all assignments that reach beyond their file.
    pub(super) fn find_assigned(&mut self) {
        self.bring_globals();
        self.each_file(Self::find_globals);
        self.each_file(Self::find_provided);
        self.each_file(Self::find_plugins);
        self.each_file(Self::find_members);
        self.each_file(Self::find_interceptors);
        self.each_file(Self::find_request_interceptors);
    }

    /// Asks for the scripts that declare what others read: such a script needn't connect by itself.
    fn bring_globals(&mut self) {
        let mut names = BTreeSet::new();
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            let summary = &parsed.summary;
            for expression in &summary.expressions {
                // Of the page itself the name says nothing.
                let name = match expression {
                    Expr::Global(name) if name.contains(':') => continue,
                    Expr::Global(name) if GLOBAL_OBJECTS.contains(&name.as_str()) => continue,
                    Expr::Global(name) => name,
                    Expr::Member(object, name) => match summary.expression(*object) {
                        Expr::Global(object) if GLOBAL_OBJECTS.contains(&object.as_str()) => name,
                        _ => continue,
                    },
                    _ => continue,
                };
                let is_own = self.table.is_root(name) || OF_BROWSERS.contains(&name.as_str());
                if !is_own && !OF_LANGUAGE.contains(&name.as_str()) && name.len() > 2 && names.len() < MOST_NAMES {
                    names.insert(name.clone());
                }
            }
            file += 1;
        }
        if !names.is_empty() {
            self.project.bring_globals(&names);
        }
    }

    pub(super) fn each_file(&mut self, look: impl Fn(&mut Self, FileId, &Summary)) {
        self.memory.clear();
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            look(self, file, &parsed.summary);
            file += 1;
        }
    }

    /// `window.config = …`, and what a script that is no module declares.
    fn find_globals(&mut self, file: FileId, summary: &Summary) {
        let declared = summary.globals.iter().map(|(name, value)| (name.clone(), *value));
        let assigned = summary.assignments.iter().filter_map(|&(target, value)| {
            let path = global_path(summary, target)?;
            Some((path, value))
        });
        for (path, value) in declared.chain(assigned).collect::<Vec<_>>() {
            self.globals.entry(path).or_default().push((file, value));
        }
        for &(target, value) in &summary.assignments {
            if let Expr::Member(object, name) = summary.expression(target)
                && let Expr::Member(_, of) = summary.expression(*object)
                && matches!(of.as_str(), "prototype" | "globalProperties")
            {
                self.properties.entry(name.clone()).or_default().push((file, value));
            }
        }
    }

    /// `Vue.use(VueAxios, axios)` gives components a client.
    fn find_plugins(&mut self, file: FileId, summary: &Summary) {
        for site in &summary.calls {
            let Expr::Call(callee, arguments) = summary.expression(site.expression) else { continue };
            let Expr::Member(_, name) = summary.expression(*callee) else { continue };
            let Some(&plugin) = arguments.first().filter(|_| name == "use") else { continue };
            let plugins = self.values(file, plugin, &None);
            if plugins.iter().any(|plugin| is_of(plugin, "vue-resource")) {
                for name in ["$http", "$resource"] {
                    self.properties.entry(name.to_owned()).or_default().push((file, plugin));
                }
            }
            let Some(&client) = arguments.get(1) else { continue };
            if plugins.iter().any(|plugin| is_of(plugin, "vue-axios")) {
                for name in ["axios", "$http"] {
                    self.properties.entry(name.to_owned()).or_default().push((file, client));
                }
            }
        }
    }

    /// `api.defaults.baseURL = …`, and members of objects that another file exports.
    fn find_members(&mut self, file: FileId, summary: &Summary) {
        for &(target, value) in &summary.assignments {
            let Expr::Member(object, name) = summary.expression(target) else { continue };
            let is_base = name == "baseURL"
                && matches!(summary.expression(*object), Expr::Member(_, defaults) if defaults == "defaults");
            if !is_base && !is_shared(summary, *object) {
                continue;
            }
            for object in self.values(file, *object, &None) {
                let given = Given { name: name.clone(), file, value };
                match object {
                    Value::External { source, path } if is_base && path.ends_with("defaults") => {
                        self.set_bases.push((BaseOf::Package(source), file, vec![value]));
                    }
                    Value::Global(global) if is_base && global == "axios.defaults" => {
                        self.set_bases.push((BaseOf::Package("axios".to_owned()), file, vec![value]));
                    }
                    Value::Method(client, path) if is_base && path == "defaults" => {
                        let base = client.place.map(|place| (BaseOf::Client(place), file, vec![value]));
                        self.set_bases.extend(base);
                    }
                    Value::Literal(of, id, ..) => self.given.entry((of, id)).or_default().push(given),
                    Value::Class(of, class, _) => self.given_to_classes.entry((of, class)).or_default().push(given),
                    Value::Instance(instance) => {
                        self.given_to_classes.entry((instance.file, instance.class)).or_default().push(given);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Works out the bases that are set, as those give them who call the functions that set them.
    pub(super) fn settle_bases(&mut self) {
        for (of, file, parts) in std::mem::take(&mut self.set_bases) {
            let values = match parts.as_slice() {
                &[base] => self.values_of_callers(file, base),
                parts => self.concat(file, parts, &None),
            };
            match of {
                BaseOf::Package(package) => self.defaults.entry(package).or_default().extend(values),
                BaseOf::Client(place) => self.client_defaults.entry(place).or_default().extend(values),
            }
        }
    }

    /// What stands for a global, where the project itself says.
    pub(super) fn global(&mut self, name: &str) -> Vec<Value> {
        if let Some(values) = self.defined(name) {
            return values;
        }
        if let Some(value) = self.known_of_package(name) {
            return vec![value];
        }
        if self.globals.is_empty() || self.table.is_root(name) || OF_BROWSERS.contains(&name) {
            return vec![Value::Global(name.to_owned())];
        }
        match self.globals.get(name).cloned() {
            Some(places) => self.placed(&places),
            None => vec![Value::Global(name.to_owned())],
        }
    }

    /// `$http` of a component.
    pub(super) fn shared_property(&mut self, name: &str) -> Vec<Value> {
        self.properties.get(name).cloned().map_or_else(Vec::new, |places| self.placed(&places))
    }

    /// What is assigned to a member of a global.
    pub(super) fn global_member_values(&mut self, summary: &Summary, object: ExprId, name: &str) -> Vec<Value> {
        if self.globals.is_empty() {
            return Vec::new();
        }
        let Some(path) = global_path(summary, object) else { return Vec::new() };
        let places = self.globals.get(&format!("{path}.{name}")).cloned().unwrap_or_default();
        self.placed(&places)
    }

    /// What other files give to the members of an object.
    pub(super) fn given_values(&mut self, given: &[Given], name: &str) -> Vec<Value> {
        let places: Vec<_> =
            given.iter().filter(|given| given.name == name).map(|given| (given.file, given.value)).collect();
        self.placed(&places)
    }

    fn placed(&mut self, places: &[(FileId, ExprId)]) -> Vec<Value> {
        places
            .iter()
            .flat_map(|&(file, value)| self.eval(file, value, &None))
            .map(|value| value.by(Resolution::Import))
            .collect()
    }
}

/// `config.api` of `window.config.api`; nothing for what isn't a row of names below a global.
fn global_path(summary: &Summary, id: ExprId) -> Option<String> {
    match summary.expression(id) {
        Expr::Global(name) if matches!(name.as_str(), "exports" | "module" | "this" | "null" | "undefined") => None,
        Expr::Global(name) => Some(name.clone()),
        Expr::Member(object, name) => match summary.expression(*object) {
            Expr::Global(object) if GLOBAL_OBJECTS.contains(&object.as_str()) => Some(name.clone()),
            _ => Some(format!("{}.{name}", global_path(summary, *object)?)),
        },
        Expr::Either(parts) => match parts.as_slice() {
            [part] => global_path(summary, *part),
            _ => None,
        },
        _ => None,
    }
}

/// A name of another module, or a path below it.
fn is_import(summary: &Summary, mut value: ExprId) -> bool {
    for _ in 0..8 {
        match summary.expression(value) {
            Expr::Import { .. } => return true,
            Expr::Member(object, _) => value = *object,
            _ => return false,
        }
    }
    false
}

/// Whether an object is one that this file may share with others, or a part of one of its own.
fn is_shared(summary: &Summary, object: ExprId) -> bool {
    match summary.expression(object) {
        Expr::Symbol(symbol) => summary
            .binding(*symbol)
            .is_some_and(|binding| binding.values.iter().any(|&value| is_import(summary, value))),
        Expr::Member(object, _) => {
            // `this.configuration.basePath = …`
            matches!(summary.expression(*object), Expr::This(_))
                || is_shared(summary, *object)
                || is_object(summary, *object)
        }
        Expr::Import { .. } => true,
        _ => false,
    }
}

/// `config.urls.base = …`: an object in one that is written here.
fn is_object(summary: &Summary, object: ExprId) -> bool {
    let Expr::Symbol(symbol) = summary.expression(object) else { return false };
    let is_written = |&value: &ExprId| matches!(summary.expression(value), Expr::Object(_));
    summary.binding(*symbol).is_some_and(|binding| binding.values.iter().any(is_written))
}

/// Whether a value is of a package.
fn is_of(value: &Value, package: &str) -> bool {
    matches!(value, Value::External { source, .. } if source == package)
}
