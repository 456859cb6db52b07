//! Functions that a client hands all of its requests to.

use super::Resolver;
use super::assigned::BaseOf;
use super::value::{FileId, Value};
use crate::scan::summary::{Expr, ExprId, Property, Summary};

/// The package whose clients an interceptor of Angular's stands before.
const ANGULAR: &str = "@angular/common/http";

impl Resolver<'_> {
    /// The base of an interceptor may be provided by a function whose callers are only known by now.
    pub(super) fn find_interceptors_again(&mut self) {
        if !self.provided.is_empty() && self.defaults.remove(ANGULAR).is_some() {
            self.each_file(Self::find_interceptors);
        }
    }

    /// `request.clone({ url: base + request.url })`: all requests of the client go below that base.
    pub(super) fn find_interceptors(&mut self, file: FileId, summary: &Summary) {
        let is_angular = summary
            .expressions
            .iter()
            .any(|expression| matches!(expression, Expr::Import { source, .. } if source == ANGULAR));
        if !is_angular {
            return;
        }
        for site in &summary.calls {
            let Expr::Call(callee, arguments) = summary.expression(site.expression) else { continue };
            let Expr::Member(request, method) = summary.expression(*callee) else { continue };
            let Some(Expr::Object(options)) = arguments.first().map(|&options| summary.expression(options)) else {
                continue;
            };
            let request = summary.expression(*request);
            let url = options.iter().find_map(|option| match option {
                Property::Named(name, value) if name == "url" => Some(*value),
                _ => None,
            });
            if let (true, Some(url)) = (method == "clone", url) {
                let before = before_url(summary, url, request, 0);
                let bases: Vec<_> = before.iter().flat_map(|parts| self.concat(file, parts, &None)).collect();
                self.defaults.entry(ANGULAR.to_owned()).or_default().extend(bases);
            }
        }
    }

    /// `client.interceptors.request.use((config) => …)`: the base that it sets, and what it puts before the URL.
    pub(super) fn find_request_interceptors(&mut self, file: FileId, summary: &Summary) {
        for site in &summary.calls {
            let Expr::Call(callee, arguments) = summary.expression(site.expression) else { continue };
            let Some(client) = intercepted(summary, *callee) else { continue };
            let Some(&function) = arguments.first() else { continue };
            let mut clients = Vec::new();
            for client in self.values(file, client, &None) {
                clients.extend(match client {
                    Value::External { source, .. } => Some(BaseOf::Package(source)),
                    Value::Global(global) if global == "axios" => Some(BaseOf::Package(global)),
                    Value::Client(client) => client.place.map(BaseOf::Client),
                    _ => None,
                });
            }
            for function in self.values(file, function, &None) {
                let Value::Function(of, function, _) = function else { continue };
                let Some(parsed) = self.project.summary(of) else { continue };
                for base in bases_set(&parsed.summary, function) {
                    self.set_bases.extend(clients.iter().map(|client| (client.clone(), of, base.clone())));
                }
            }
        }
    }
}

/// The client of `client.interceptors.request.use`.
fn intercepted(summary: &Summary, callee: ExprId) -> Option<ExprId> {
    let mut object = callee;
    for part in ["use", "request", "interceptors"] {
        object = match summary.expression(object) {
            Expr::Member(object, name) if name == part => *object,
            _ => return None,
        };
    }
    Some(object)
}

/// The bases that an interceptor gives to requests, each as the parts of a text.
fn bases_set(summary: &Summary, function: u32) -> Vec<Vec<ExprId>> {
    let Some(entry) = summary.function(function) else { return Vec::new() };
    let is_request = |&value: &ExprId| *summary.expression(value) == Expr::Parameter { function, index: 0 };
    let mut bases = Vec::new();
    for (symbol, binding) in (0..).zip(&summary.bindings) {
        if !binding.values.iter().any(is_request) {
            continue;
        }
        for (name, value) in &binding.members {
            match name.as_str() {
                "baseURL" => bases.push(vec![*value]),
                "url" => bases.extend(before_url(summary, *value, &Expr::Symbol(symbol), 0)),
                _ => {}
            }
        }
    }
    for &returned in &entry.returns {
        let mut returned = returned;
        while let Expr::Either(parts) = summary.expression(returned) {
            let [part] = parts.as_slice() else { break };
            returned = *part;
        }
        let Expr::Object(properties) = summary.expression(returned) else { continue };
        bases.extend(properties.iter().filter_map(|property| match property {
            Property::Named(name, value) if name == "baseURL" => Some(vec![*value]),
            _ => None,
        }));
    }
    bases
}

/// What stands before `request.url` in a text.
fn before_url(summary: &Summary, url: ExprId, request: &Expr, level: usize) -> Vec<Vec<ExprId>> {
    if level > 8 {
        return Vec::new();
    }
    let next = |id: ExprId| before_url(summary, id, request, level + 1);
    match summary.expression(url) {
        Expr::Concat(parts) => {
            let is_url = |&part: &ExprId| {
                matches!(summary.expression(part), Expr::Member(object, name)
                    if name == "url" && summary.expression(*object) == request)
            };
            match parts.iter().position(is_url) {
                Some(place) if place > 0 => vec![parts.get(..place).unwrap_or_default().to_vec()],
                _ => Vec::new(),
            }
        }
        Expr::Either(parts) => parts.iter().flat_map(|&part| next(part)).collect(),
        Expr::When { value, .. } => next(*value),
        Expr::Symbol(symbol) => summary
            .binding(*symbol)
            .map_or_else(Vec::new, |binding| binding.values.iter().flat_map(|&id| next(id)).collect()),
        _ => Vec::new(),
    }
}
