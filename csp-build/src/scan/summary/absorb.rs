//! A summary that becomes a part of another one: of a script that is a text in a file of another language.

use std::collections::HashMap;

use super::{Binding, CallSite, Class, Expr, ExprId, Function, Parameter, Property, Summary};

/// Where the numbers of the part begin in the whole.
struct Shift {
    expressions: u32,
    bindings: u32,
    functions: u32,
    classes: u32,
}

impl Summary {
    /// Takes in all that another file says, but for what it shares with others; gives back what it exports. A place in it is
    /// told where it is in this file.
    pub(crate) fn absorb(&mut self, part: Self, place: impl Fn(usize) -> usize) -> HashMap<String, ExprId> {
        let count = |length| u32::try_from(length).unwrap_or(u32::MAX);
        let shift = Shift {
            expressions: count(self.expressions.len()),
            bindings: count(self.bindings.len()),
            functions: count(self.functions.len()),
            classes: count(self.classes.len()),
        };
        self.expressions.extend(part.expressions.into_iter().map(|expression| shift.expression(expression)));
        self.bindings.extend(part.bindings.into_iter().map(|binding| Binding {
            offset: place(binding.offset),
            values: shift.ids(binding.values),
            appended: shift.ids(binding.appended),
            annotation: binding.annotation.map(|id| shift.id(id)),
            members: shift.named(binding.members),
            ..binding
        }));
        self.functions.extend(part.functions.into_iter().map(|function| {
            Function {
                offset: place(function.offset),
                parameters: function
                    .parameters
                    .into_iter()
                    .map(|parameter| Parameter { annotation: parameter.annotation.map(|id| shift.id(id)), ..parameter })
                    .collect(),
                returns: shift.ids(function.returns),
                class: function.class.map(|class| class + shift.classes),
                makes: function.makes.map(|class| class + shift.classes),
                merged: function.merged.map(|id| shift.id(id)),
                outer: function.outer.map(|outer| outer + shift.functions),
                ..function
            }
        }));
        self.classes.extend(part.classes.into_iter().map(|class| Class {
            parent: class.parent.map(|id| shift.id(id)),
            constructor: class.constructor.map(|function| function + shift.functions),
            members: shift.named(class.members),
            statics: shift.named(class.statics),
        }));
        let site = |site: CallSite| CallSite {
            expression: shift.id(site.expression),
            offset: place(site.offset),
            when: site.when.map(|id| shift.id(id)),
            method: site.method.map(|function| function + shift.functions),
            within: site.within.map(|function| function + shift.functions),
            is_on_server: site.is_on_server,
        };
        self.calls.extend(part.calls.into_iter().map(site));
        self.direct.extend(part.direct.into_iter().map(|(sink, url)| (sink, site(url))));
        self.assignments
            .extend(part.assignments.into_iter().map(|(target, value)| (shift.id(target), shift.id(value))));
        self.typed
            .extend(part.typed.into_iter().map(|(class, field, id)| (class + shift.classes, field, shift.id(id))));
        self.comments.extend(part.comments.into_iter().map(|(comment, at)| (comment, place(at))));
        part.exports.into_iter().map(|(name, id)| (name, shift.id(id))).collect()
    }
}

impl Shift {
    fn id(&self, id: ExprId) -> ExprId {
        id + self.expressions
    }

    fn ids(&self, ids: Vec<ExprId>) -> Vec<ExprId> {
        ids.into_iter().map(|id| self.id(id)).collect()
    }

    fn named(&self, named: Vec<(String, ExprId)>) -> Vec<(String, ExprId)> {
        named.into_iter().map(|(name, id)| (name, self.id(id))).collect()
    }

    fn expression(&self, expression: Expr) -> Expr {
        match expression {
            Expr::Concat(parts) => Expr::Concat(self.ids(parts)),
            Expr::Either(parts) => Expr::Either(self.ids(parts)),
            Expr::Coalesce(first, second) => Expr::Coalesce(self.id(first), self.id(second)),
            Expr::Symbol(symbol) => Expr::Symbol(symbol + self.bindings),
            Expr::Member(object, name) => Expr::Member(self.id(object), name),
            Expr::Element(object, key) => Expr::Element(self.id(object), self.id(key)),
            Expr::Call(callee, arguments) => Expr::Call(self.id(callee), self.ids(arguments)),
            Expr::New(callee, arguments) => Expr::New(self.id(callee), self.ids(arguments)),
            Expr::Object(properties) => Expr::Object(
                properties
                    .into_iter()
                    .map(|property| match property {
                        Property::Named(name, id) => Property::Named(name, self.id(id)),
                        Property::Spread(id) => Property::Spread(self.id(id)),
                        Property::Computed(id) => Property::Computed(self.id(id)),
                    })
                    .collect(),
            ),
            Expr::Array(elements) => Expr::Array(self.ids(elements)),
            Expr::Function(function) => Expr::Function(function + self.functions),
            Expr::Class(class) => Expr::Class(class + self.classes),
            Expr::This(class) => Expr::This(class + self.classes),
            Expr::Super(class) => Expr::Super(class + self.classes),
            Expr::Parameter { function, index } => Expr::Parameter { function: function + self.functions, index },
            Expr::When { test, holds, value } => Expr::When { test: self.id(test), holds, value: self.id(value) },
            Expr::Test(operator, parts) => Expr::Test(operator, self.ids(parts)),
            expression @ (Expr::Text(_)
            | Expr::Global(_)
            | Expr::Import { .. }
            | Expr::ImportMeta
            | Expr::Pattern(..)
            | Expr::Opaque) => expression,
        }
    }
}
