//! What calls give: functions of the project, of the language, and of the libraries that the tables know.

use std::rc::Rc;

use super::clusters::is_cluster;
use super::conventions::gives_own;
use super::members::own_page;
use super::origin::{PAGE_HOST, is_absolute};
use super::texts::based;
use super::value::{Client, Context, FileId, Instance, Made, Text, Value};
use super::{Resolver, unresolved};
use crate::scan::report::{Reason, ReasonCode, Resolution};
use crate::scan::sinks::{Row, Where};
use crate::scan::summary::{ExprId, INJECTOR};

/// Functions that give their argument back, as far as a URL goes.
const TRANSPARENT: &[&str] = &[
    "Number",
    "String",
    "encodeURI",
    "decodeURI",
    "Object.defineProperties",
    "Object.defineProperty",
    "Object.freeze",
    "Object.seal",
    "Object.setPrototypeOf",
    "Promise.resolve",
    "Array.from",
    "structuredClone",
    "Object.values",
    "parseInt",
];

/// Functions of Angular that ask its injector; compilers write all but the first.
const INJECTING: &[&str] = &["inject", "directiveInject", "ɵɵdirectiveInject", "ɵɵinject"];

/// Packages that stand for the interface of extensions.
const EXTENSIONS: &[&str] = &["webextension-polyfill", "wxt/browser"];

/// The most calls within one another.
const MOST_CALLS: usize = 12;

/// How often a function may call itself.
const MOST_ROUNDS: usize = 3;

/// Classes of browsers that connect.
pub(super) const OF_BROWSERS: &[&str] = &["EventSource", "WebSocket", "WebTransport", "XMLHttpRequest"];

pub(super) const RETURNS_NOTHING: &str = "the result of a function that returns nothing";

impl Resolver<'_> {
    /// What a call of a value gives.
    pub(super) fn call(&mut self, callee: Value, made: &Made) -> Vec<Value> {
        match callee {
            Value::Function(file, function, outer) => {
                let Some(parsed) = self.project.summary(file) else { return Vec::new() };
                let Some(entry) = parsed.summary.function(function) else { return Vec::new() };
                if entry.returns.is_empty() {
                    return vec![unresolved(RETURNS_NOTHING)];
                }
                let own = (file, function);
                let mut open = self.calling.iter().filter(|(other, _)| *other == own);
                if let (Some(&(_, depth)), Some(_)) = (open.next(), open.nth(MOST_ROUNDS - 2)) {
                    self.memory.lean_on(depth);
                    let reason = Reason::new(ReasonCode::TooComplex, "the result of a function that calls itself");
                    return vec![Value::unknown(reason)];
                }
                if self.calling.len() >= MOST_CALLS {
                    self.memory.lean_on_all();
                    let reason = Reason::new(ReasonCode::TooComplex, "the result of too many calls within one another");
                    return vec![Value::unknown(reason)];
                }
                let merged = entry.merged.filter(|_| {
                    let is_plain = |value: &Value| {
                        matches!(value, Value::Literal(..) | Value::List(_) | Value::Nothing(_) | Value::Unknown(_))
                    };
                    self.argument(made, 0).iter().all(is_plain)
                });
                self.calling.push((own, self.depth));
                let context = Some(self.frame(own, made.clone(), None, outer));
                if let Some(merged) = merged {
                    let values = self.eval(file, merged, &context);
                    self.calling.pop();
                    return values;
                }
                let returns = entry.returns.iter().flat_map(|&value| self.eval(file, value, &context));
                let returned = returns.map(|value| value.by(Resolution::Call)).collect();
                self.calling.pop();
                returned
            }
            Value::Global(name) if TRANSPARENT.contains(&name.as_str()) => self.argument(made, 0),
            Value::External { source, path } if source == INJECTOR && INJECTING.contains(&path.as_str()) => {
                self.inject(made)
            }
            callee if is_of_extension(&callee) || gives_own(&callee) => vec![own_page()],
            callee if is_cluster(&callee) => self.cluster(made),
            Value::Global(name) if name == "URL.createObjectURL" => vec![Value::text("blob:")],
            callee @ (Value::Global(_) | Value::External { .. } | Value::Method(..)) => {
                if let Some(values) = self.runtime_config(&callee) {
                    return values;
                }
                match self.made(&callee, made).or_else(|| self.wrapped(&callee, made)) {
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

    /// What a call of any of several functions gives. Those that give nothing back are of a class that leaves it to others.
    pub(super) fn call_all(&mut self, callees: Vec<Value>, made: &Made) -> Vec<Value> {
        let gives = |callee: &Value| match *callee {
            Value::Function(file, function, _) => self.project.summary(file).is_none_or(|parsed| {
                parsed.summary.function(function).is_none_or(|function| !function.returns.is_empty())
            }),
            _ => true,
        };
        let any_gives = callees.len() > 1 && callees.iter().any(gives);
        let callees: Vec<_> = callees.into_iter().filter(|callee| !any_gives || gives(callee)).collect();
        let callees: Vec<_> = callees.into_iter().flat_map(|callee| self.whole_module(callee)).collect();
        callees.into_iter().flat_map(|callee| self.call(callee, made)).collect()
    }

    /// What `f.call(this, a)` and `f.apply(this, all)` give, and the function that `_.bind(f, this)` is.
    pub(super) fn applied(&mut self, objects: &[Value], method: &str, made: &Made) -> Option<Vec<Value>> {
        let is_function = |value: &Value| matches!(value, Value::Function(..));
        let are_functions = !objects.is_empty() && objects.iter().all(is_function);
        let first = match method {
            "call" if are_functions => 1,
            "apply" if are_functions => 2,
            "bind" | "proxy" if !are_functions && made.arguments.len() == 2 => {
                let functions = self.argument(made, 0);
                return (!functions.is_empty() && functions.iter().all(is_function)).then_some(functions);
            }
            _ => return None,
        };
        let arguments = made.arguments.get(first..).unwrap_or_default().to_vec();
        let made = Made { file: made.file, arguments, context: made.context.clone() };
        Some(self.call_all(objects.to_vec(), &made))
    }

    /// What a promise gives in the end: `.then(f)` is what `f` makes of it.
    pub(super) fn settled(
        &mut self,
        file: FileId,
        promise: ExprId,
        method: &str,
        arguments: &[ExprId],
        context: &Context,
    ) -> Option<Vec<Value>> {
        match method {
            "then" => {
                let callees = self.eval(file, *arguments.first()?, context);
                let is_function = |callee: &Value| matches!(callee, Value::Function(..));
                if callees.is_empty() || !callees.iter().all(is_function) {
                    return None;
                }
                let made = Made { file, arguments: vec![promise], context: context.clone() };
                Some(self.call_all(callees, &made))
            }
            "finally" => Some(self.eval(file, promise, context)),
            _ => None,
        }
    }

    /// What `new` gives.
    pub(super) fn construct(&mut self, callee: Value, made: &Made) -> Vec<Value> {
        match callee {
            callee @ (Value::Class(..) | Value::Function(..)) => match self.class_of(&callee) {
                Some((file, class)) => vec![Value::Instance(Instance::new(file, class, made.clone()))],
                None => vec![unresolved("an object made with `new`")],
            },
            Value::Global(name) if name == "URL" => self.url(made),
            // What is read out of it comes from where it does.
            Value::Global(name) if name == "URLSearchParams" => {
                let from = self.argument(made, 0);
                let from = from.into_iter().find(|from| matches!(from, Value::Unknown(_)));
                vec![from.unwrap_or_else(|| unresolved("a query"))]
            }
            Value::Global(name) if name == "Request" || name == "String" => self.argument(made, 0),
            callee @ (Value::Global(_) | Value::External { .. }) => {
                match self.made(&callee, made).or_else(|| Self::injection_token(&callee)) {
                    Some(client) => vec![client],
                    None => vec![unresolved(&format!("an object of {}", name_of(&callee)))],
                }
            }
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
                    (Value::Text(_) | Value::Function(..), _) => Vec::new(),
                    (Value::Literal(file, id, context, _), "*") => self.elements(file, id, &context),
                    (Value::Client(client), name) if !client.options.is_empty() => {
                        client.options.iter().flat_map(|options| self.member(options.clone(), name)).collect()
                    }
                    (value, name) => self.option(value, name).into_iter().map(Value::of_options).collect(),
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
            Value::External { source, path } => {
                self.table.package(source, path).or_else(|| self.re_exported(source, path))
            }
            Value::Client(client) => self.table.class(client.class, ""),
            Value::Method(client, path) => self.table.class(client.class, path),
            _ => None,
        };
        row.cloned()
    }

    /// The browser's own classes by way of a package that hands them on where there are any.
    fn re_exported(&self, source: &str, path: &str) -> Option<&Rc<Row>> {
        let name = path.rsplit('.').next().filter(|name| OF_BROWSERS.contains(name))?;
        if source.starts_with("rust:") { None } else { self.table.global(name) }
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
        Some(Value::Client(Rc::new(Client { class, bases, options, place: None })))
    }

    /// A package that is given a client gives back one that does the same, and more: retries, caches, promises.
    fn wrapped(&mut self, callee: &Value, made: &Made) -> Option<Value> {
        if !matches!(callee, Value::External { source, .. } if !source.starts_with("rust:"))
            || self.row(callee).is_some()
        {
            return None;
        }
        self.argument(made, 0).into_iter().find(|argument| match argument {
            Value::Client(_) => true,
            Value::External { .. } => self.row(argument).is_some_and(|row| row.connects() && row.implied.is_empty()),
            _ => false,
        })
    }

    /// `new URL(url, base)`
    fn url(&mut self, made: &Made) -> Vec<Value> {
        let urls: Vec<_> = self.argument(made, 0).into_iter().map(Value::into_text).collect();
        let bases: Vec<_> = self.argument(made, 1);
        urls.iter().flat_map(|url| below_known(url, &bases)).map(Value::Text).collect()
    }
}

/// A URL below its bases. One of which nothing is known is most often a path, and may be a URL of its own.
fn below_known(url: &Text, bases: &[Value]) -> Vec<Text> {
    let is_unknown = url.known.is_empty() && url.hole.is_some();
    let mut texts = based(url.clone(), bases);
    for base in bases.iter().filter(|_| is_unknown) {
        if let Value::Text(Text { known, hole: None, resolution }) = base
            && is_absolute(known)
            && !known.contains(PAGE_HOST)
        {
            let known = format!("{}/", known.trim_end_matches('/'));
            texts.push(Text { known, hole: url.hole.clone(), resolution: *resolution });
        }
    }
    texts
}

/// `chrome.runtime.getURL(path)`: a file of the extension itself.
fn is_of_extension(callee: &Value) -> bool {
    let path = match callee {
        Value::Global(path) => path.split_once('.').filter(|(root, _)| matches!(*root, "browser" | "chrome")),
        Value::External { source, path } if EXTENSIONS.contains(&source.as_str()) => {
            Some(("", path.strip_prefix("browser.").unwrap_or(path)))
        }
        _ => None,
    };
    path.is_some_and(|(_, path)| matches!(path, "extension.getURL" | "runtime.getURL"))
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
