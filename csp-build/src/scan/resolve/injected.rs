//! What a framework's injector hands out: values for tokens, objects for types.

use std::rc::Rc;

use super::report::{MOST_CALLERS, MOST_LEVELS};
use super::value::{Client, FileId, Hole, Made, Value};
use super::{Resolver, unresolved};
use crate::scan::summary::{Expr, ExprId, INJECTOR, Summary};

/// What something is provided for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Token {
    /// `new InjectionToken(…)`, by where it is made.
    Made(FileId, ExprId),
    Class(FileId, u32),
    /// A name, or something of a package with the path to it.
    Named(String, String),
}

/// The class of Angular's tokens, which isn't one of any sink.
const TOKEN: &str = "InjectionToken";

impl Resolver<'_> {
    /// `new InjectionToken(…)`
    pub(super) fn injection_token(callee: &Value) -> Option<Value> {
        let is_token = matches!(callee, Value::External { source, path } if source == INJECTOR && path == TOKEN);
        let token = Client { class: TOKEN, bases: Vec::new(), options: Vec::new(), place: None };
        is_token.then(|| Value::Client(Rc::new(token)))
    }

    /// Notes what a file provides.
    pub(super) fn find_provided(&mut self, file: FileId, summary: &Summary) {
        self.bring_tokens(file, summary);
        for &(target, value) in &summary.assignments {
            let Expr::Call(inject, arguments) = summary.expression(target) else { continue };
            let is_injector = matches!(summary.expression(*inject), Expr::Import { source, .. } if source == INJECTOR);
            let Some(&token) = arguments.first().filter(|_| is_injector) else { continue };
            for token in self.values(file, token, &None) {
                if let Some(token) = Token::of(&token) {
                    self.provided.entry(token).or_default().push((file, value));
                }
            }
        }
    }

    /// Asks for the files of the tokens that a file injects: such a file needn't connect by itself.
    fn bring_tokens(&mut self, file: FileId, summary: &Summary) {
        for expression in &summary.expressions {
            if let Expr::Call(inject, tokens) = expression
                && let Some(&token) = tokens.first()
                && is_inject(summary, *inject)
            {
                self.values(file, token, &None);
            }
        }
    }

    /// `inject(TOKEN)`
    pub(super) fn inject(&mut self, made: &Made) -> Vec<Value> {
        let mut values = Vec::new();
        for token in self.argument(made, 0) {
            values.extend(self.of_type(&token));
        }
        // The type beside a token says what is expected.
        if values.is_empty() {
            for kind in self.argument(made, 1) {
                values.extend(self.of_type(&kind));
            }
        }
        if values.is_empty() {
            values.push(unresolved("what is injected, which nothing that is scanned provides"));
        }
        values
    }

    /// An object of a type, for what a framework hands in.
    pub(super) fn typed(&mut self, file: FileId, annotation: ExprId) -> Vec<Value> {
        let kinds = self.eval(file, annotation, &None);
        let is_injected = self
            .project
            .summary(file)
            .is_some_and(|parsed| matches!(parsed.summary.expression(annotation), Expr::Call(..)));
        if is_injected {
            return kinds.into_iter().filter(|value| !matches!(value, Value::Unknown(_))).collect();
        }
        kinds.iter().flat_map(|kind| self.of_type(kind)).collect()
    }

    /// What is provided for a class of a package, named as `package:Class`.
    pub(super) fn provided_as(&mut self, class: &str) -> Vec<Value> {
        let Some((source, path)) = class.split_once(':') else { return Vec::new() };
        let token = Token::Named(source.to_owned(), path.to_owned());
        let provided = self.provided.get(&token).cloned().unwrap_or_default();
        provided.into_iter().flat_map(|(file, value)| self.eval(file, value, &None)).collect()
    }

    /// What is provided for a type or token; without that, an object of the type.
    fn of_type(&mut self, kind: &Value) -> Vec<Value> {
        let token = Token::of(kind).filter(|_| !self.provided.is_empty());
        let provided = token.and_then(|token| self.provided.get(&token).cloned()).unwrap_or_default();
        let mut values = Vec::new();
        for (file, value) in provided {
            for found in self.eval(file, value, &None) {
                match found {
                    // `provideApi(url)`: who calls it says what is provided.
                    Value::Unknown(Hole { parameter: Some(function), .. }) if self.callers.contains_key(&function) => {
                        values.extend(self.handed_in(function, file, value));
                    }
                    found => values.push(found),
                }
            }
        }
        if !values.is_empty() {
            return values;
        }
        if let Value::Class(file, class, _) = kind {
            return vec![Value::Instance(self.unmade((*file, *class)))];
        }
        self.client_of(kind).into_iter().collect()
    }

    /// What an expression is in the calls of the function around it.
    fn handed_in(&mut self, function: (FileId, u32), file: FileId, value: ExprId) -> Vec<Value> {
        if self.assumed.len() >= MOST_LEVELS {
            return Vec::new();
        }
        let callers: Vec<_> = self.callers.get(&function).into_iter().flatten().take(MOST_CALLERS).cloned().collect();
        let mut values = Vec::new();
        for caller in callers {
            values.extend(self.assuming([caller.frame], |resolver| resolver.eval(file, value, &None)));
        }
        values
    }

    /// An object of a library's class.
    pub(super) fn client_of(&self, class: &Value) -> Option<Value> {
        let class = self.row(class)?.makes?;
        Some(Value::Client(Rc::new(Client { class, bases: Vec::new(), options: Vec::new(), place: None })))
    }
}

/// `inject` of Angular, by its import.
fn is_inject(summary: &Summary, callee: ExprId) -> bool {
    let is_import = |id: ExprId| matches!(summary.expression(id), Expr::Import { source, name } if source == INJECTOR && name == "inject");
    match summary.expression(callee) {
        Expr::Symbol(symbol) => {
            summary.binding(*symbol).is_some_and(|binding| binding.values.iter().any(|&value| is_import(value)))
        }
        _ => is_import(callee),
    }
}

impl Token {
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Client(client) if client.class == TOKEN => client.place.map(|(file, id)| Self::Made(file, id)),
            Value::Class(file, class, _) => Some(Self::Class(*file, *class)),
            Value::Text(text) if text.hole.is_none() => Some(Self::Named(String::new(), text.known.clone())),
            Value::External { source, path } => Some(Self::Named(source.clone(), path.clone())),
            _ => None,
        }
    }
}
