//! Calls of what nobody says what it is, by the names that only what connects has.
//!
//! A function called `fetch` that is handed in is the platform's, or stands in for it: `load({ fetch })` of `SvelteKit`, a
//! client's `options.fetch`. Where the URL isn't known, such a call is listed.

use std::rc::Rc;

use super::Resolver;
use super::hits::METHODS;
use super::origin::origins;
use super::value::{Client, FileId, Made, Name, Value};
use crate::scan::report::SELF_ORIGIN;
use crate::scan::sinks::Transport;
use crate::scan::summary::{CallSite, Expr, ExprId, Summary};

impl Resolver<'_> {
    /// What a call is most likely of, where its callee is known by its name alone.
    pub(super) fn likely(&mut self, file: FileId, site: &CallSite, callee: &Value, made: &Made) -> Option<Value> {
        let is_handed_in = match callee {
            Value::Unknown(hole) => hole.parameter.is_some(),
            Value::Global(name) if name.starts_with("this.") => true,
            Value::Nothing(_) => false,
            Value::External { source, path } if !source.starts_with("rust:") && self.row(callee).is_none() => {
                path == "fetch"
            }
            _ => return None,
        };
        let parsed = self.project.summary(file)?;
        let summary = &parsed.summary;
        if let Expr::New(class, _) = *summary.expression(site.expression) {
            return self.likely_socket(summary, class, made, matches!(callee, Value::External { .. }));
        }
        match callee {
            Value::External { path, .. } if !matches!(path.rsplit('.').next(), Some("fetch" | "sendBeacon")) => {
                return None;
            }
            Value::Nothing(_) => return None,
            _ => {}
        }
        let Expr::Call(callee, arguments) = summary.expression(site.expression) else { return None };
        let (name, is_member) = match summary.expression(*callee) {
            Expr::Symbol(symbol) => (summary.binding(*symbol)?.name.as_str(), false),
            Expr::Member(_, name) => (name.as_str(), true),
            _ => return None,
        };
        let place = match name {
            "open" => 1,
            "sendBeacon" => 0,
            name if is_fetch(name, is_member) => 0,
            _ => return None,
        };
        arguments.get(place)?;
        if name == "open" {
            let is_method = |value: &Value| matches!(value, Value::Text(text) if METHODS.iter().any(|method| text.known.eq_ignore_ascii_case(method)));
            let client = Client { class: "XMLHttpRequest", bases: Vec::new(), options: Vec::new(), place: None };
            let is_request =
                is_member && (self.argument(made, 0).iter().any(is_method) || is_request(summary, *callee));
            return is_request.then(|| Value::Method(Rc::new(client), "open".to_owned()));
        }
        // Models and caches have a method of that name, too: it takes options, a key, or nothing.
        let urls = self.argument(made, place);
        let is_url = |value: &Value| match value {
            Value::Text(text) => {
                let is_own = origins(text, Transport::Http).is_ok_and(|origins| origins == [SELF_ORIGIN]);
                !is_own || is_handed_in || !is_member
            }
            Value::Unknown(_) => true,
            _ => false,
        };
        if !urls.iter().any(is_url) {
            return None;
        }
        let known = if name == "sendBeacon" { "navigator.sendBeacon" } else { "fetch" };
        Some(Value::Global(known.to_owned()))
    }

    /// A function that was handed in under the name of `fetch` and handed on under another: `load = ({ fetch }) => get(fetch, id)`.
    pub(super) fn named(&self, file: FileId, site: &CallSite, callee: Value) -> Value {
        let Value::Unknown(hole) = &callee else { return callee };
        // What such a function gives back comes from it, too, and has methods.
        let is_a_name =
            self.project.summary(file).is_some_and(|parsed| match parsed.summary.expression(site.expression) {
                Expr::Call(function, _) => matches!(parsed.summary.expression(*function), Expr::Symbol(_)),
                _ => false,
            });
        if !is_a_name {
            return callee;
        }
        let is_fetch = |&(file, _, name): &(FileId, usize, Name)| match name {
            Name::Variable(symbol) => self.project.summary(file).is_some_and(|parsed| {
                parsed.summary.binding(symbol).is_some_and(|binding| is_fetch(&binding.name, false))
            }),
            Name::Parameter { .. } => false,
        };
        if hole.parameter.is_some() && hole.trail().any(is_fetch) { Value::Global("fetch".to_owned()) } else { callee }
    }

    /// `new WebSocketImpl(url)`, where nobody says which class that is.
    fn likely_socket(&mut self, summary: &Summary, class: ExprId, made: &Made, is_of_package: bool) -> Option<Value> {
        let known = names_of(summary, class).into_iter().find_map(|name| {
            // A package's own class may do other things with a URL: providers, servers, links.
            let mut kinds = ["WebSocket", "EventSource"].into_iter();
            kinds.find(|kind| if is_of_package { name.ends_with(kind) } else { name.contains(kind) })
        })?;
        let is_url = |value: &Value| matches!(value, Value::Text(_) | Value::Unknown(_));
        self.argument(made, 0).iter().any(is_url).then(|| Value::Global(known.to_owned()))
    }
}

/// The names that a class goes by: its variable's, a member's, and that of the function that gives it.
fn names_of(summary: &Summary, class: ExprId) -> Vec<&str> {
    match summary.expression(class) {
        Expr::Symbol(symbol) => {
            let Some(binding) = summary.binding(*symbol) else { return Vec::new() };
            let given_by = binding.values.iter().filter_map(|&value| match summary.expression(value) {
                Expr::Call(callee, _) => match summary.expression(*callee) {
                    Expr::Member(_, name) => Some(name.as_str()),
                    _ => None,
                },
                Expr::Member(_, name) => Some(name.as_str()),
                _ => None,
            });
            [binding.name.as_str()].into_iter().chain(given_by).collect()
        }
        Expr::Member(_, name) => vec![name.as_str()],
        _ => Vec::new(),
    }
}

/// Whether the object of a method is called as requests are: `this.xhr.open(…)`.
fn is_request(summary: &Summary, callee: ExprId) -> bool {
    let Expr::Member(object, _) = summary.expression(callee) else { return false };
    names_of(summary, *object).iter().any(|name| {
        let name = name.to_ascii_lowercase();
        name.contains("xhr") || name.contains("xmlhttp")
    })
}

/// `fetch`, `nativeFetch`, `fetchImpl`
fn is_fetch(name: &str, is_member: bool) -> bool {
    let name = name.trim_start_matches(['_', '#', '$']);
    // A method such as `refetch` or `prefetch` runs a query again.
    let is_whose = name.ends_with("Fetch") && !is_member;
    name == "fetch"
        || is_whose
        || ["fetchImpl", "fetchImplementation", "fetchFn", "fetchFunc", "fetchFunction", "fetchApi", "fetchLike"]
            .contains(&name)
}
