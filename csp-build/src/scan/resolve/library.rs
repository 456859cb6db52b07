//! What calls give: functions of the project, of the language, and of the libraries that the tables know.

use std::rc::Rc;

use super::origin::{has_origin, is_absolute};
use super::value::{Client, FileId, Frame, Instance, Made, Text, Value};
use super::{Resolver, unresolved};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::sinks::{Row, Where};
use crate::scan::summary::ExprId;

/// Functions that give their argument back, as far as a URL goes.
const TRANSPARENT: &[&str] = &[
    "String",
    "encodeURI",
    "decodeURI",
    "Object.freeze",
    "Object.seal",
    "Object.assign",
    "Promise.resolve",
    "Array.from",
    "structuredClone",
    "Object.values",
];

impl Resolver<'_> {
    /// What a call of a value gives.
    pub(super) fn call(&mut self, callee: Value, made: &Made) -> Vec<Value> {
        match callee {
            Value::Function(file, function, outer) => {
                let Some(parsed) = self.project.summary(file) else { return Vec::new() };
                let Some(entry) = parsed.summary.function(function) else { return Vec::new() };
                if entry.returns.is_empty() {
                    return vec![unresolved("the result of a function that returns nothing")];
                }
                let context = Some(Rc::new(Frame { file, function, made: made.clone(), instance: None, outer }));
                let returns = entry.returns.iter().flat_map(|&value| self.eval(file, value, &context));
                returns.map(|value| value.by(Resolution::Call)).collect()
            }
            Value::Global(name) if TRANSPARENT.contains(&name.as_str()) => self.argument(made, 0),
            Value::External { source, path } if source == "@angular/core" && path == "inject" => {
                self.argument(made, 0).iter().filter_map(|kind| self.of_type(kind)).collect()
            }
            callee @ (Value::Global(_) | Value::External { .. } | Value::Method(..)) => {
                match self.made(&callee, made) {
                    Some(client) => vec![client],
                    None => vec![unresolved(&format!("the result of {}", name_of(&callee)))],
                }
            }
            Value::Unknown(hole) => vec![Value::Unknown(hole)],
            Value::Nothing(reason) => vec![Value::Nothing(reason)],
            _ => vec![unresolved("the result of a call")],
        }
    }

    /// What `new` gives.
    pub(super) fn construct(&mut self, callee: Value, made: &Made) -> Vec<Value> {
        match callee {
            Value::Class(file, class, _) => {
                vec![Value::Instance(Rc::new(Instance { file, class, made: Some(made.clone()) }))]
            }
            Value::Global(name) if name == "URL" => self.url(made),
            Value::Global(name) if name == "Request" || name == "String" => self.argument(made, 0),
            callee @ (Value::Global(_) | Value::External { .. }) => match self.made(&callee, made) {
                Some(client) => vec![client],
                None => vec![unresolved(&format!("an object of {}", name_of(&callee)))],
            },
            Value::Unknown(hole) => vec![Value::Unknown(hole)],
            _ => vec![unresolved("an object made with `new`")],
        }
    }

    pub(super) fn argument(&mut self, made: &Made, index: usize) -> Vec<Value> {
        made.arguments.get(index).map_or_else(Vec::new, |&id| self.eval(made.file, id, &made.context))
    }

    /// The values of a place in a call's arguments.
    pub(super) fn slot(&mut self, made: &Made, place: &Where) -> Vec<Value> {
        let mut values = self.argument(made, place.argument);
        for name in &place.path {
            values = values
                .into_iter()
                .flat_map(|value| match (value, name.as_str()) {
                    (Value::Text(_), _) => Vec::new(),
                    (Value::Literal(file, id, context, _), "*") => self.elements(file, id, &context),
                    (Value::Client(client), name) if !client.options.is_empty() => {
                        client.options.iter().flat_map(|options| self.member(options.clone(), name)).collect()
                    }
                    (value, name) => self.member(value, name),
                })
                .filter(|value| !matches!(value, Value::Nothing(reason) if reason.code != ReasonCode::EnvMissing))
                .collect();
        }
        values
    }

    /// The row of the table that a value is one of the functions of.
    pub(super) fn row(&self, callee: &Value) -> Option<Rc<Row>> {
        let row = match callee {
            Value::Global(name) => self.table.global(name),
            Value::External { source, path } => self.table.package(source, path),
            Value::Client(client) => self.table.class(client.class, ""),
            Value::Method(client, path) => self.table.class(client.class, path),
            _ => None,
        };
        row.cloned()
    }

    /// The client that a library makes, with its base.
    fn made(&mut self, callee: &Value, made: &Made) -> Option<Value> {
        let row = self.row(callee)?;
        let class = row.makes?;
        let mut bases: Vec<Value> = row.bases.iter().flat_map(|base| self.slot(made, base)).collect();
        if let (true, Value::Method(client, _) | Value::Client(client)) = (bases.is_empty(), callee) {
            bases.clone_from(&client.bases);
        }
        let options = if row.keeps_options { self.argument(made, 0) } else { Vec::new() };
        Some(Value::Client(Rc::new(Client { class, bases, options })))
    }

    /// An object of a type, for what a framework hands in.
    pub(super) fn typed(&mut self, file: FileId, annotation: ExprId) -> Vec<Value> {
        let kinds = self.eval(file, annotation, &None);
        kinds.iter().filter_map(|kind| self.of_type(kind)).collect()
    }

    fn of_type(&self, kind: &Value) -> Option<Value> {
        if let Value::Class(file, class, _) = kind {
            return Some(Value::Instance(Rc::new(Instance { file: *file, class: *class, made: None })));
        }
        let class = self.row(kind)?.makes?;
        Some(Value::Client(Rc::new(Client { class, bases: Vec::new(), options: Vec::new() })))
    }

    /// `new URL(url, base)`
    fn url(&mut self, made: &Made) -> Vec<Value> {
        let urls: Vec<_> = self.argument(made, 0).into_iter().map(Value::into_text).collect();
        let bases: Vec<_> = self.argument(made, 1);
        urls.into_iter().flat_map(|url| based(url, &bases)).map(Value::Text).collect()
    }

    /// Methods of texts and of URLs.
    pub(super) fn text_method(&mut self, objects: Vec<Value>, method: &str, made: &Made) -> Vec<Value> {
        let mut values = Vec::new();
        for object in objects {
            match (object, method) {
                (Value::Text(text), "toString" | "trim" | "valueOf" | "toJSON" | "trimEnd" | "trimStart") => {
                    values.push(Value::Text(text));
                }
                (Value::Text(text), "toLowerCase") => values.push(Value::Text(text)),
                (Value::Text(text), "concat") => {
                    let ends = self.argument(made, 0).into_iter().map(Value::into_text);
                    values.extend(ends.map(|end| Value::Text(joined(&text, &end))));
                }
                (Value::Text(text), "replace" | "replaceAll") => {
                    let patterns = self.argument(made, 0);
                    let by: Vec<_> = self.argument(made, 1).into_iter().map(Value::into_text).collect();
                    for pattern in &patterns {
                        values.extend(by.iter().map(|by| replaced(&text, pattern, by)));
                    }
                }
                (Value::Text(_), _) => values.push(unresolved(&format!("the result of `.{method}()`"))),
                (object, _) => {
                    let members = self.member(object, method);
                    values.extend(members.into_iter().flat_map(|member| self.call(member, made)));
                }
            }
        }
        values
    }
}

fn name_of(value: &Value) -> String {
    match value {
        Value::External { source, path } if path.is_empty() => format!("the package `{source}`"),
        Value::External { source, path } => format!("`{path}` of the package `{source}`"),
        Value::Global(name) => format!("`{name}`"),
        Value::Method(client, path) => format!("`{path}` of {}", client.class),
        _ => "a call".to_owned(),
    }
}

/// A URL below each of its bases; an absolute one as it is.
pub(super) fn based(url: Text, bases: &[Value]) -> Vec<Text> {
    if bases.is_empty() || is_absolute(&url.known) {
        return vec![url];
    }
    // What is all unknown may be absolute: nothing says that the base counts.
    if url.known.is_empty() && url.hole.is_some() {
        return vec![url];
    }
    let bases = bases.iter().cloned().map(Value::into_text);
    bases
        .map(|base| {
            let resolution = url.resolution.max(base.resolution);
            match base.hole {
                Some(_) if !has_origin(&base.known) => Text { resolution, ..base },
                _ => {
                    let known = format!("{}/{}", base.known.trim_end_matches('/'), url.known.trim_start_matches('/'));
                    Text { known, hole: url.hole.clone(), resolution }
                }
            }
        })
        .collect()
}

fn joined(text: &Text, end: &Text) -> Text {
    match text.hole {
        Some(_) => text.clone(),
        None => Text {
            known: format!("{}{}", text.known, end.known),
            hole: end.hole.clone(),
            resolution: text.resolution.max(end.resolution),
        },
    }
}

/// A replacement of a text, or of a pattern that is a text but for its `^`.
fn replaced(text: &Text, pattern: &Value, by: &Text) -> Value {
    let is_plain = |pattern: &str| !pattern.contains(['\\', '[', '(', '*', '+', '?', '.', '|', '{', '$']);
    let known = match pattern {
        Value::Text(pattern) if pattern.hole.is_none() && text.known.contains(&pattern.known) => {
            Some(text.known.replacen(&pattern.known, &by.known, 1))
        }
        Value::Pattern(pattern) => match pattern.strip_prefix('^') {
            Some(start) if is_plain(start) => match text.known.strip_prefix(start) {
                Some(rest) => Some(format!("{}{rest}", by.known)),
                None if text.hole.is_none() || text.known.len() >= start.len() => Some(text.known.clone()),
                None => None,
            },
            _ => None,
        },
        Value::Text(pattern) if pattern.hole.is_none() && text.hole.is_none() => Some(text.known.clone()),
        _ => None,
    };
    match known {
        Some(known) if by.hole.is_none() => {
            let resolution = text.resolution.max(by.resolution);
            Value::Text(Text { known, hole: text.hole.clone(), resolution })
        }
        _ => Value::unknown(Reason::new(ReasonCode::UnresolvedUrl, "the result of a replacement")),
    }
}
