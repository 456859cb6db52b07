//! Interceptors of axios, which every request of a client passes: `config.baseURL = …`, `{ ...config, baseURL: … }`,
//! `config.url = base + config.url`.

use super::Resolver;
use super::assigned::{BaseOf, before_url};
use super::value::{FileId, Value};
use crate::scan::summary::{Expr, ExprId, Property, Summary};

impl Resolver<'_> {
    /// Notes the bases that interceptors of requests give to clients.
    pub(super) fn find_request_interceptors(&mut self, file: FileId, summary: &Summary) {
        for site in &summary.calls {
            let Expr::Call(callee, arguments) = summary.expression(site.expression) else { continue };
            let (Some(client), Some(&interceptor)) = (intercepted(summary, *callee), arguments.first()) else {
                continue;
            };
            let clients = self.values(file, client, &None);
            for interceptor in self.values(file, interceptor, &None) {
                let Value::Function(of, function, _) = interceptor else { continue };
                let Some(parsed) = self.project.summary(of) else { continue };
                let (bases, urls) = set_in(&parsed.summary, function);
                for client in &clients {
                    self.set_by_interceptor(client, of, &parsed.summary, (&bases, &urls));
                }
            }
        }
    }

    fn set_by_interceptor(
        &mut self,
        client: &Value,
        file: FileId,
        summary: &Summary,
        (bases, urls): (&[ExprId], &[(ExprId, ExprId)]),
    ) {
        let (base_of, own) = match client {
            Value::External { source, path } if path.is_empty() => (BaseOf::Package(source.clone()), &[][..]),
            Value::Global(name) if name == "axios" => (BaseOf::Package(name.clone()), &[][..]),
            Value::Client(client) => match client.place {
                Some(place) => (BaseOf::Client(place), client.bases.as_slice()),
                None => return,
            },
            _ => return,
        };
        let mut known: Vec<Value> = Vec::new();
        for &(url, request) in urls {
            let before = before_url(summary, url, summary.expression(request), 0);
            known.extend(before.iter().flat_map(|parts| self.concat(file, parts, &None)));
        }
        // A path that is put before others is below the client's own base.
        if !own.is_empty() {
            known.retain(|base| !matches!(base, Value::Text(text) if text.known.starts_with('/')));
        }
        if bases.is_empty() && known.is_empty() {
            return;
        }
        // Where no interceptor says one, the client's own counts.
        known.extend(own.iter().cloned());
        match &base_of {
            BaseOf::Package(package) => self.defaults.entry(package.clone()).or_default().extend(known),
            BaseOf::Client(place) => self.client_defaults.entry(*place).or_default().extend(known),
        }
        self.set_bases.extend(bases.iter().map(|&base| (base_of.clone(), file, base)));
    }
}

/// The client of `client.interceptors.request.use`.
fn intercepted(summary: &Summary, callee: ExprId) -> Option<ExprId> {
    let mut object = callee;
    for name in ["use", "request", "interceptors"] {
        let Expr::Member(of, own) = summary.expression(object) else { return None };
        if own != name {
            return None;
        }
        object = *of;
    }
    Some(object)
}

/// What a function sets the base of its first parameter to, and what its URL, with that parameter.
fn set_in(summary: &Summary, function: u32) -> (Vec<ExprId>, Vec<(ExprId, ExprId)>) {
    let is_parameter = |value: &ExprId| *summary.expression(*value) == Expr::Parameter { function, index: 0 };
    let is_request = |object: ExprId| match summary.expression(object) {
        Expr::Symbol(symbol) => summary.binding(*symbol).is_some_and(|binding| binding.values.iter().any(is_parameter)),
        _ => false,
    };
    let (mut bases, mut urls) = (Vec::new(), Vec::new());
    for &(target, value) in &summary.assignments {
        let Expr::Member(object, name) = summary.expression(target) else { continue };
        match name.as_str() {
            "baseURL" if is_request(*object) => bases.push(value),
            "url" if is_request(*object) => urls.push((value, *object)),
            _ => {}
        }
    }
    let returns = summary.function(function).into_iter().flat_map(|function| &function.returns);
    for &returned in returns {
        let returned = match summary.expression(returned) {
            Expr::Either(parts) => parts.first().copied().unwrap_or(returned),
            _ => returned,
        };
        let Expr::Object(properties) = summary.expression(returned) else { continue };
        let is_spread = |property: &Property| matches!(property, Property::Spread(object) if is_request(*object));
        if !properties.iter().any(is_spread) {
            continue;
        }
        bases.extend(properties.iter().filter_map(|property| match property {
            Property::Named(name, value) if name == "baseURL" => Some(*value),
            _ => None,
        }));
    }
    (bases, urls)
}
