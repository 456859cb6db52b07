//! What calls give: functions of the project, of the language, and of the libraries that the tables know.

use std::rc::Rc;

use regex_lite::RegexBuilder;

use super::origin::{PAGE_SCHEME, has_origin, is_absolute};
use super::value::{Client, Context, FileId, Frame, Instance, MOST_VALUES, Made, Text, Value};
use super::{Resolver, unresolved};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::sinks::{Row, Where};
use crate::scan::summary::{Expr, ExprId};

/// Functions that give their argument back, as far as a URL goes.
const TRANSPARENT: &[&str] = &[
    "String",
    "encodeURI",
    "decodeURI",
    "Object.freeze",
    "Object.seal",
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
            // A signal is read by a call.
            holder @ Value::Literal(..) if made.arguments.is_empty() => self.member(holder, "value"),
            text @ Value::Text(_) if made.arguments.is_empty() => vec![text],
            _ => vec![unresolved("the result of a call")],
        }
    }

    /// What `new` gives.
    pub(super) fn construct(&mut self, callee: Value, made: &Made) -> Vec<Value> {
        match callee {
            Value::Class(file, class, _) => {
                vec![Value::Instance(Rc::new(Instance { file, class, made: Some(made.clone()) }))]
            }
            Value::Function(file, function, _) => {
                let class = self.project.summary(file).and_then(|parsed| parsed.summary.function(function)?.makes);
                match class {
                    Some(class) => vec![Value::Instance(Rc::new(Instance { file, class, made: Some(made.clone()) }))],
                    None => vec![unresolved("an object made with `new`")],
                }
            }
            Value::Global(name) if name == "URL" => self.url(made),
            // What is read out of it comes from where it does.
            Value::Global(name) if name == "URLSearchParams" => {
                let from = self.argument(made, 0);
                let from = from.into_iter().find(|from| matches!(from, Value::Unknown(_)));
                vec![from.unwrap_or_else(|| unresolved("a query"))]
            }
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

    /// `text.slice(start)`, `text.slice(0, -1)`
    fn cut(&mut self, text: Text, made: &Made) -> Value {
        let mut number = |index| {
            let values = self.argument(made, index);
            match values.as_slice() {
                [Value::Text(text)] if text.hole.is_none() => text.known.parse::<usize>().ok(),
                _ => None,
            }
        };
        let (start, is_all) = (number(0), made.arguments.len() < 2);
        let rest = start.filter(|_| is_all).and_then(|start| text.known.get(start..));
        match rest {
            Some(rest) => Value::Text(Text { known: rest.to_owned(), ..text }),
            // The end is cut, and the host is before it.
            None if start == Some(0) && has_origin(&text.known) && text.hole.is_some() => Value::Text(text),
            None => unresolved("a part of a text"),
        }
    }

    /// Methods of arrays, maps and objects; those that an object has itself come first.
    pub(super) fn collection_method(&mut self, object: Value, method: &str, made: &Made) -> Vec<Value> {
        let own: Vec<_> = match &object {
            Value::Literal(..) => self.member(object.clone(), method),
            _ => Vec::new(),
        };
        let own: Vec<_> = own.into_iter().filter(|value| !matches!(value, Value::Nothing(_))).collect();
        if !own.is_empty() {
            return own.into_iter().flat_map(|member| self.call(member, made)).collect();
        }
        let items = |resolver: &mut Self| match &object {
            Value::Literal(file, id, context, _) => resolver.elements(*file, *id, context),
            Value::List(items) => items.to_vec(),
            _ => Vec::new(),
        };
        match method {
            "get" | "at" => {
                let keys: Vec<_> = self.argument(made, 0).into_iter().map(Value::into_text).collect();
                match (&object, keys.as_slice()) {
                    (Value::Literal(..), [key]) if key.hole.is_none() && !key.known.starts_with('-') => {
                        self.member(object, &key.known)
                    }
                    _ => items(self),
                }
            }
            "pop" | "shift" | "find" | "findLast" => items(self),
            "values" | "toReversed" | "reverse" | "sort" | "toSorted" | "filter" | "slice" | "flat" | "keys" => {
                vec![Value::List(Rc::new(items(self)))]
            }
            "concat" => {
                let mut all = items(self);
                for value in self.argument(made, 0) {
                    match value {
                        Value::Literal(file, id, context, _) => all.extend(self.elements(file, id, &context)),
                        Value::List(items) => all.extend(items.iter().cloned()),
                        value => all.push(value),
                    }
                }
                vec![Value::List(Rc::new(all))]
            }
            "map" | "flatMap" => {
                let functions = self.argument(made, 0);
                let all = items(self);
                let mut mapped = Vec::new();
                for function in functions {
                    if let Value::Function(file, function, outer) = function {
                        mapped.extend(self.mapped(file, function, &outer, &all));
                    } else {
                        mapped.push(unresolved("the result of `.map()`"));
                    }
                }
                vec![Value::List(Rc::new(mapped))]
            }
            "join" => match &object {
                Value::Literal(file, id, context, _) => self.joined_elements(*file, *id, context, made),
                _ => vec![unresolved("the result of `.join()`")],
            },
            _ => match &object {
                Value::Literal(..) => {
                    let members = self.member(object, method);
                    members.into_iter().flat_map(|member| self.call(member, made)).collect()
                }
                _ => vec![unresolved(&format!("the result of `.{method}()`"))],
            },
        }
    }

    /// What a function gives for elements: where it gives back a part of them, or what depends on nothing else.
    fn mapped(&mut self, file: FileId, function: u32, outer: &Context, items: &[Value]) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let Some(entry) = parsed.summary.function(function) else { return Vec::new() };
        let mut mapped = Vec::new();
        for &value in &entry.returns {
            match parsed.summary.expression(value) {
                Expr::Member(object, name) if self.is_parameter(file, *object, function) => {
                    mapped.extend(items.iter().cloned().flat_map(|item| self.member(item, name)));
                }
                _ if self.is_parameter(file, value, function) => mapped.extend(items.iter().cloned()),
                _ => mapped.extend(self.eval(file, value, outer)),
            }
        }
        mapped
    }

    fn is_parameter(&self, file: FileId, id: ExprId, function: u32) -> bool {
        let Some(parsed) = self.project.summary(file) else { return false };
        let Expr::Symbol(symbol) = parsed.summary.expression(id) else { return false };
        let is_first = |&value: &ExprId| *parsed.summary.expression(value) == Expr::Parameter { function, index: 0 };
        parsed.summary.binding(*symbol).is_some_and(|binding| binding.values.iter().all(is_first))
    }

    /// `[a, b].join("/")`
    fn joined_elements(&mut self, file: FileId, id: ExprId, context: &Context, made: &Made) -> Vec<Value> {
        let Some(parsed) = self.project.summary(file) else { return Vec::new() };
        let Expr::Array(elements) = parsed.summary.expression(id) else { return Vec::new() };
        let separators = if made.arguments.is_empty() {
            vec![Text { known: ",".to_owned(), ..Text::default() }]
        } else {
            self.argument(made, 0).into_iter().map(Value::into_text).collect()
        };
        let mut all = Vec::new();
        for separator in &separators {
            let mut beginnings = vec![Text::default()];
            for (place, &element) in elements.iter().enumerate() {
                let ends: Vec<_> = self.eval(file, element, context).into_iter().map(Value::into_text).collect();
                let mut longer = Vec::new();
                for beginning in &beginnings {
                    let start = if place == 0 { beginning.clone() } else { joined(beginning, separator) };
                    longer.extend(ends.iter().map(|end| joined(&start, end)));
                }
                longer.truncate(MOST_VALUES);
                beginnings = longer;
            }
            all.extend(beginnings.into_iter().map(Value::Text));
        }
        all
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
                    let mut beginnings = vec![text];
                    for place in 0..made.arguments.len() {
                        if beginnings.iter().all(|text| text.hole.is_some() || has_origin(&text.known)) {
                            break;
                        }
                        let ends: Vec<_> = self.argument(made, place).into_iter().map(Value::into_text).collect();
                        let longer = |text: &Text| ends.iter().map(|end| joined(text, end)).collect::<Vec<_>>();
                        beginnings = beginnings.iter().flat_map(longer).take(MOST_VALUES).collect();
                    }
                    values.extend(beginnings.into_iter().map(Value::Text));
                }
                (Value::Text(text), "replace" | "replaceAll") => {
                    let patterns = self.argument(made, 0);
                    let by: Vec<_> = self.argument(made, 1).into_iter().map(Value::into_text).collect();
                    for pattern in &patterns {
                        values.extend(by.iter().map(|by| replaced(&text, pattern, by, method == "replaceAll")));
                    }
                }
                // `location.protocol.slice(4)`: what tells `https:` from `http:`.
                (Value::Text(text), "slice" | "substring" | "substr") if text.known == PAGE_SCHEME => {
                    values.extend(["s:", ":"].map(Value::text));
                }
                (Value::Text(text), "slice" | "substring") => values.push(self.cut(text, made)),
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
        Value::External { source, path } if source.starts_with("rust:") => {
            format!("`{}` of the crate `{}`", path.trim_start_matches('.'), source.trim_start_matches("rust:"))
        }
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

/// A replacement of a text or of what a regular expression finds.
fn replaced(text: &Text, pattern: &Value, by: &Text, all: bool) -> Value {
    // What is replaced behind the host may be by anything.
    if by.hole.is_some()
        && let Some(start) = first_found(text, pattern)
        && let Some(before) = text.known.get(..start)
        && has_origin(before)
    {
        let resolution = text.resolution.max(by.resolution);
        return Value::Text(Text { known: before.to_owned(), hole: by.hole.clone(), resolution });
    }
    let known = match pattern {
        _ if by.hole.is_some() => None,
        Value::Text(pattern) if pattern.hole.is_none() && text.known.contains(&pattern.known) => {
            let count = if all { usize::MAX } else { 1 };
            Some(text.known.replacen(&pattern.known, &by.known, count))
        }
        Value::Text(pattern) if pattern.hole.is_none() && (text.hole.is_none() || has_origin(&text.known)) => {
            Some(text.known.clone())
        }
        Value::Pattern(pattern, flags) => replaced_pattern(text, pattern, flags, &by.known),
        _ => None,
    };
    match known {
        Some(known) => {
            let resolution = text.resolution.max(by.resolution);
            Value::Text(Text { known, hole: text.hole.clone(), resolution })
        }
        None => Value::unknown(Reason::new(ReasonCode::UnresolvedUrl, "the result of a replacement")),
    }
}

/// Where the first match begins; the end of what is known, where there is none before.
fn first_found(text: &Text, pattern: &Value) -> Option<usize> {
    let found = match pattern {
        Value::Text(pattern) if pattern.hole.is_none() => text.known.find(&pattern.known),
        Value::Pattern(pattern, flags) => {
            let regex = RegexBuilder::new(pattern).case_insensitive(flags.contains('i')).size_limit(1 << 18).build();
            regex.ok()?.find(&text.known).map(|found| found.start())
        }
        _ => return None,
    };
    Some(found.unwrap_or(text.known.len()))
}

fn replaced_pattern(text: &Text, pattern: &str, flags: &str, by: &str) -> Option<String> {
    // What is anchored at the end doesn't reach the host of a text that goes on.
    if pattern.ends_with('$') && !pattern.ends_with("\\$") && text.hole.is_some() && has_origin(&text.known) {
        return Some(text.known.clone());
    }
    let regex = RegexBuilder::new(pattern)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'))
        .size_limit(1 << 18)
        .build()
        .ok()?;
    // Beyond what is known there may be more to find.
    if text.hole.is_some() {
        let first = regex.find(&text.known);
        let is_settled = match first {
            Some(found) => found.end() < text.known.len() && !flags.contains('g'),
            None => pattern.starts_with('^') && !text.known.is_empty(),
        };
        if !is_settled {
            return None;
        }
    }
    // `$1` is followed by what it is followed by; to the library a name may go on.
    let mut replacement = String::new();
    let mut characters = by.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek().copied()) {
            ('$', Some(digit)) if digit.is_ascii_digit() => {
                replacement.push_str(&format!("${{{digit}}}"));
                characters.next();
            }
            ('$', Some('&')) => {
                replacement.push_str("${0}");
                characters.next();
            }
            ('$', _) => replacement.push_str("$$"),
            (other, _) => replacement.push(other),
        }
    }
    let most = usize::from(!flags.contains('g'));
    Some(regex.replacen(&text.known, most, replacement.as_str()).into_owned())
}
