//! Members of objects, modules, classes and of what the browser has.

use std::collections::HashSet;

use super::conventions::of_page;
use super::origin::{PAGE_HOST, PAGE_SCHEME, has_origin};
use super::value::{Context, FileId, Hole, Text, Value};
use super::{Resolver, unresolved};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::summary::{Binding, Expr, ExprId, Property};

/// Names of the global object.
const GLOBAL_OBJECTS: &[&str] = &["window", "self", "globalThis", "top", "parent", "document"];

impl Resolver<'_> {
    pub(super) fn member(&mut self, object: Value, name: &str) -> Vec<Value> {
        match object {
            Value::Global(global) if self.defined(&format!("{global}.{name}")).is_some() => {
                self.defined(&format!("{global}.{name}")).unwrap_or_default()
            }
            Value::Global(global) => match self.global_member(&global, name) {
                Value::Global(path) => self.global(&path),
                value => vec![value],
            },
            Value::ImportMeta if name == "env" => vec![Value::Global("import.meta.env".to_owned())],
            // Tools of builds put the files of a page beside it.
            Value::ImportMeta if name == "url" => vec![own_page()],
            Value::ImportMeta => vec![unresolved("the URL of the module itself")],
            // The page of SvelteKit by its older module, a store.
            Value::External { source, path } if path == "page" && name == "url" && source == "$app/stores" => {
                vec![Value::Global("location".to_owned())]
            }
            Value::External { source, path } => {
                let path = match (path.as_str(), name) {
                    (_, "default") => path,
                    ("", _) => name.to_owned(),
                    _ => format!("{path}.{name}"),
                };
                vec![Value::External { source, path }]
            }
            Value::Literal(file, id, context, resolution) => {
                let values = self.deeper(|resolver| resolver.property(file, id, &context, name));
                values.into_iter().map(|value| value.by(resolution.max(Resolution::Member))).collect()
            }
            Value::Module(file) => {
                let values = self.export(file, name, &mut HashSet::new());
                values.into_iter().map(|value| value.by(Resolution::Import)).collect()
            }
            object @ (Value::Instance(_) | Value::Class(..)) => {
                let mut values = self.own_member(object, name);
                if values.is_empty() {
                    values.push(unresolved(&format!("`.{name}`, which gets its value elsewhere")));
                }
                values
            }
            Value::List(items) if name.parse::<usize>().is_ok() => items.to_vec(),
            Value::Row(items) if name.parse::<usize>().is_ok() => {
                let item = name.parse().ok().and_then(|place: usize| items.get(place).cloned());
                vec![item.unwrap_or_else(|| absent(name))]
            }
            Value::List(_) | Value::Row(_) => vec![unresolved(&format!("`.{name}` of an array"))],
            Value::Client(client) => vec![Value::Method(client, name.to_owned())],
            Value::Method(client, path) => vec![Value::Method(client, format!("{path}.{name}"))],
            Value::Text(text) => match name {
                "href" | "value" | "current" => vec![Value::Text(text)],
                "origin" | "host" | "hostname" | "protocol" if text.hole.is_some() && !has_origin(&text.known) => {
                    vec![Value::Text(Text { known: String::new(), ..text })]
                }
                "origin" => {
                    let end = Text { hole: None, ..text };
                    vec![Value::Text(Text { known: origin_part(&end.known).to_owned(), ..end })]
                }
                _ => vec![unresolved(&format!("`.{name}` of a text"))],
            },
            Value::Unknown(hole) => vec![Value::Unknown(hole)],
            Value::Nothing(reason) => vec![Value::Nothing(reason)],
            Value::Function(file, function, context) => {
                let values = self.function_member(file, function, &context, name);
                if values.is_empty() { vec![unresolved(&format!("`.{name}` of a function"))] } else { values }
            }
            Value::Pattern(..) => vec![unresolved(&format!("`.{name}` of a function"))],
        }
    }

    /// What is assigned to a member of a function where it is written: `Api.url = …`.
    fn function_member(&mut self, file: FileId, function: u32, context: &Context, name: &str) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let summary = &parsed.summary;
        let is_it = |&value: &ExprId| *summary.expression(value) == Expr::Function(function);
        let has_it = |binding: &Binding| {
            binding.members.iter().any(|(member, _)| member == name) && binding.values.iter().any(is_it)
        };
        let symbol = summary.bindings.iter().position(has_it).and_then(|place| u32::try_from(place).ok());
        symbol.map_or_else(Vec::new, |symbol| self.assigned_members(file, summary, symbol, name, context))
    }

    /// A member of options, of which an object that isn't known may have it or not.
    pub(super) fn option(&mut self, object: Value, name: &str) -> Vec<Value> {
        let is_known = matches!(
            object,
            Value::Literal(..) | Value::List(_) | Value::Row(_) | Value::Nothing(_) | Value::Module(_)
        );
        let values = self.member(object, name);
        if is_known { values } else { values.into_iter().map(|value| value.optional(true)).collect() }
    }

    fn global_member(&self, global: &str, name: &str) -> Value {
        match (global, name) {
            ("import.meta.env" | "process.env", key) => self.variable(global, key),
            ("rust-env", key) => match self.environment.compiled(key) {
                Some(value) => Value::text(value).by(Resolution::Environment),
                None => {
                    let detail = format!("`{key}`, which neither the environment nor an env file sets");
                    Value::Nothing(Reason::new(ReasonCode::EnvMissing, detail))
                }
            },
            ("location", "origin") => Value::text(format!("{PAGE_SCHEME}//{PAGE_HOST}")),
            ("location", "host") => Value::text(PAGE_HOST),
            // Without the port, which may not be the default one.
            ("location", "hostname") => Value::text(format!("hostname.{PAGE_HOST}")),
            ("location", "protocol") => Value::text(PAGE_SCHEME),
            ("location", "pathname") => open("/", "the path of the page"),
            ("location", "href") | ("document", "baseURI" | "URL") => {
                open(&format!("{PAGE_SCHEME}//{PAGE_HOST}/"), "the path of the page")
            }
            ("location", "search" | "hash") | ("document", "referrer") | ("window", "name") => {
                let detail = "a part of the page's own URL, which whoever makes a link to it can choose";
                Value::unknown(Reason::new(ReasonCode::ParamFromLocation, detail))
            }
            (global, "origin") if GLOBAL_OBJECTS.contains(&global) && global != "document" => {
                Value::text(format!("{PAGE_SCHEME}//{PAGE_HOST}"))
            }
            (global, name) if of_page(global, name).is_some() => of_page(global, name).unwrap_or(Value::ImportMeta),
            (global, "location") if GLOBAL_OBJECTS.contains(&global) => Value::Global("location".to_owned()),
            (global, name) if GLOBAL_OBJECTS.contains(&global) && global != "document" => {
                Value::Global(name.to_owned())
            }
            (global, name) => Value::Global(format!("{global}.{name}")),
        }
    }

    /// A property of a literal. An object that is spread into itself adds nothing.
    pub(super) fn property(&mut self, file: FileId, id: ExprId, context: &Context, name: &str) -> Vec<Value> {
        let read = (file, id, name.to_owned());
        if let Some((_, depth)) = self.read.iter().find(|(open, _)| *open == read) {
            self.memory.lean_on(*depth);
            return Vec::new();
        }
        self.read.push((read, self.depth));
        let values = self.property_here(file, id, context, name);
        self.read.pop();
        values
    }

    /// The last one of a name counts.
    fn property_here(&mut self, file: FileId, id: ExprId, context: &Context, name: &str) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        if let Some(values) = self.overridden(file, id, name) {
            return values;
        }
        match parsed.summary.expression(id) {
            Expr::Object(properties) => {
                let (mut values, mut computed) = (Vec::new(), Vec::new());
                for property in properties.iter().rev() {
                    match property {
                        Property::Named(key, value) if key == name => {
                            let found = self.eval(file, *value, context);
                            values.extend(found.into_iter().map(|value| value.optional(false)));
                            if let Some(given) = self.given.get(&(file, id)).cloned() {
                                let given = self.given_values(&given, name);
                                // An empty text is there to be replaced.
                                values.retain(|value| given.is_empty() || !value.is_empty_text());
                                values.extend(given);
                            }
                            return values;
                        }
                        Property::Named(..) => {}
                        Property::Spread(object) => {
                            let found: Vec<_> = self
                                .eval(file, *object, context)
                                .into_iter()
                                .flat_map(|object| self.option(object, name))
                                .filter(|value| !matches!(value, Value::Nothing(_)))
                                .collect();
                            let is_certain =
                                !found.is_empty() && !found.iter().any(|value| matches!(value, Value::Unknown(_)));
                            values.extend(found);
                            if is_certain {
                                return values;
                            }
                        }
                        Property::Computed(value) => computed.push(*value),
                    }
                }
                // A key that isn't known may be this one, where no other is.
                for value in computed {
                    values.extend(self.eval(file, value, context).into_iter().map(|value| value.optional(true)));
                }
                if let Some(given) = self.given.get(&(file, id)).cloned() {
                    values.extend(self.given_values(&given, name));
                }
                if values.is_empty() {
                    values.push(absent(name));
                }
                values
            }
            Expr::Array(elements) => match name.parse().ok().and_then(|place: usize| elements.get(place)) {
                Some(&element) => self.eval(file, element, context),
                None => vec![absent(name)],
            },
            _ => Vec::new(),
        }
    }

    /// All elements of an array, all values of an object.
    pub(super) fn elements(&mut self, file: FileId, id: ExprId, context: &Context) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let ids: Vec<_> = match parsed.summary.expression(id) {
            Expr::Array(elements) => elements.clone(),
            Expr::Object(properties) => properties
                .iter()
                .map(|property| match property {
                    Property::Named(_, value) | Property::Computed(value) | Property::Spread(value) => *value,
                })
                .collect(),
            _ => Vec::new(),
        };
        ids.into_iter().flat_map(|id| self.eval(file, id, context)).map(|value| value.by(Resolution::Member)).collect()
    }
}

fn absent(name: &str) -> Value {
    Value::Nothing(Reason::new(ReasonCode::UnresolvedUrl, format!("`.{name}`, which the object doesn't have")))
}

fn open(known: &str, then: &str) -> Value {
    let hole = Hole::new(Reason::new(ReasonCode::UnresolvedUrl, then));
    Value::Text(Text { known: known.to_owned(), hole: Some(hole), resolution: Resolution::Literal })
}

/// Something below the page's own origin.
pub(super) fn own_page() -> Value {
    open(&format!("{PAGE_SCHEME}//{PAGE_HOST}/"), "the path of a file")
}

/// A URL up to the end of its host.
fn origin_part(url: &str) -> &str {
    let start = url.find("//").map_or(0, |slashes| slashes + 2);
    let end = url.get(start..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |end| start + end);
    url.get(..end).unwrap_or(url)
}
