//! What Angular's injector is told: `{ provide: TOKEN, useValue: … }` is an assignment to what `inject(TOKEN)` gives.

use oxc_ast::ast::{Argument, Decorator, Expression, MemberExpression, NewExpression};

use crate::scan::summary::{Expr, ExprId, INJECTOR, Property};

use super::Lowerer;

impl Lowerer<'_> {
    /// Notes what a provider gives for its token.
    pub(super) fn provide(&mut self, properties: &[Property], offset: usize) {
        let member = |name: &str| {
            properties.iter().find_map(|property| match property {
                Property::Named(own, value) if own == name => Some(*value),
                _ => None,
            })
        };
        let Some(token) = member("provide") else { return };
        let value = if let Some(value) = member("useValue") {
            value
        } else if let Some(factory) = member("useFactory") {
            let tokens = match member("deps").map(|deps| self.summary.expression(deps).clone()) {
                Some(Expr::Array(tokens)) => tokens,
                _ => Vec::new(),
            };
            let arguments = tokens.into_iter().map(|token| self.dependency(token)).collect();
            let made = self.summary.add(Expr::Call(factory, arguments));
            self.site(made, offset);
            made
        } else if let Some(class) = member("useClass") {
            self.summary.add(Expr::New(class, Vec::new()))
        } else if let Some(other) = member("useExisting") {
            self.injection(vec![other])
        } else {
            return;
        };
        // Of several providers of one token each adds an element.
        let value = if member("multi").is_some() { self.summary.add(Expr::Array(vec![value])) } else { value };
        let target = self.injection(vec![token]);
        self.summary.assignments.push((target, value));
    }

    /// A token of `deps`; `[new Optional(), TOKEN]` is one, too.
    fn dependency(&mut self, token: ExprId) -> ExprId {
        let token = match self.summary.expression(token) {
            Expr::Array(parts) => parts.last().copied().unwrap_or(token),
            _ => token,
        };
        self.injection(vec![token])
    }

    /// `new InjectionToken(name, { factory: () => … })`
    pub(super) fn token(&mut self, new: &NewExpression<'_>, made: ExprId) {
        let name = match &new.callee {
            Expression::Identifier(name) => name.name.as_str(),
            callee => match callee.get_member_expr().and_then(MemberExpression::static_property_name) {
                Some(name) => name,
                None => return,
            },
        };
        if name != "InjectionToken" {
            return;
        }
        let Some(options) = new.arguments.get(1).and_then(Argument::as_expression) else { return };
        let options = self.lower(options);
        let factory = self.summary.add(Expr::Member(options, "factory".to_owned()));
        let value = self.summary.add(Expr::Call(factory, Vec::new()));
        let target = self.injection(vec![made]);
        self.summary.assignments.push((target, value));
    }

    /// What `@Inject(TOKEN)` before a parameter stands for.
    pub(super) fn injected(&mut self, decorators: &[Decorator<'_>], kind: Option<ExprId>) -> Option<ExprId> {
        let token = decorators.iter().find_map(|decorator| match &decorator.expression {
            Expression::CallExpression(call) => match (&call.callee, call.arguments.as_slice()) {
                (Expression::Identifier(name), [token]) if name.name == "Inject" => token.as_expression(),
                _ => None,
            },
            _ => None,
        })?;
        let token = self.lower(token);
        Some(self.injected_for(token, kind))
    }

    /// `inject(TOKEN)`, and the type that says what it is where nobody provides it.
    pub(super) fn injection(&mut self, arguments: Vec<ExprId>) -> ExprId {
        let inject = self.summary.add(Expr::Import { source: INJECTOR.to_owned(), name: "inject".to_owned() });
        self.summary.add(Expr::Call(inject, arguments))
    }
}
