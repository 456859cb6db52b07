//! Two summaries of one file as one: what stands in it in scopes that don't see one another.

use super::{Binding, CallSite, Class, Expr, ExprId, Function, Property, Summary};

/// How far the places of what is added move.
#[derive(Clone, Copy)]
struct Shift {
    expressions: u32,
    bindings: u32,
    functions: u32,
    classes: u32,
}

impl Summary {
    /// Adds all of another summary, and says where its expressions begin. What both export stays what it was.
    pub(crate) fn append(&mut self, other: Self) -> usize {
        let start = self.expressions.len();
        let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let shift = Shift {
            expressions: length(start),
            bindings: length(self.bindings.len()),
            functions: length(self.functions.len()),
            classes: length(self.classes.len()),
        };
        self.expressions.extend(other.expressions.into_iter().map(|expression| shift.expression(expression)));
        self.bindings.extend(other.bindings.into_iter().map(|binding| shift.binding(binding)));
        self.functions.extend(other.functions.into_iter().map(|function| shift.function(function)));
        self.classes.extend(other.classes.into_iter().map(|class| shift.class(class)));
        self.calls.extend(other.calls.into_iter().map(|site| shift.site(&site)));
        self.direct.extend(other.direct.into_iter().map(|(sink, site)| (sink, shift.site(&site))));
        for (name, value) in other.exports {
            self.exports.entry(name).or_insert(shift.id(value));
        }
        self.stars.extend(other.stars);
        self.whole = self.whole.or(other.whole.map(|whole| shift.id(whole)));
        self.assignments
            .extend(other.assignments.into_iter().map(|(target, value)| (shift.id(target), shift.id(value))));
        self.globals.extend(shift.named(other.globals));
        self.excluded.extend(other.excluded);
        let typed = other.typed.into_iter();
        self.typed.extend(typed.map(|(class, name, value)| (class + shift.classes, name, shift.id(value))));
        self.comments.extend(other.comments);
        start
    }
}

impl Shift {
    const fn id(self, id: ExprId) -> ExprId {
        id + self.expressions
    }

    fn ids(self, ids: Vec<ExprId>) -> Vec<ExprId> {
        ids.into_iter().map(|id| self.id(id)).collect()
    }

    fn named(self, values: Vec<(String, ExprId)>) -> Vec<(String, ExprId)> {
        values.into_iter().map(|(name, value)| (name, self.id(value))).collect()
    }

    fn expression(self, expression: Expr) -> Expr {
        match expression {
            Expr::Concat(parts) => Expr::Concat(self.ids(parts)),
            Expr::Either(values) => Expr::Either(self.ids(values)),
            Expr::Coalesce(first, second) => Expr::Coalesce(self.id(first), self.id(second)),
            Expr::Symbol(symbol) => Expr::Symbol(symbol + self.bindings),
            Expr::Member(object, name) => Expr::Member(self.id(object), name),
            Expr::Element(object, key) => Expr::Element(self.id(object), self.id(key)),
            Expr::Call(callee, arguments) => Expr::Call(self.id(callee), self.ids(arguments)),
            Expr::New(callee, arguments) => Expr::New(self.id(callee), self.ids(arguments)),
            Expr::Object(properties) => {
                let property = |property| match property {
                    Property::Named(name, value) => Property::Named(name, self.id(value)),
                    Property::Spread(value) => Property::Spread(self.id(value)),
                    Property::Computed(value) => Property::Computed(self.id(value)),
                };
                Expr::Object(properties.into_iter().map(property).collect())
            }
            Expr::Array(elements) => Expr::Array(self.ids(elements)),
            Expr::Function(function) => Expr::Function(function + self.functions),
            Expr::Class(class) => Expr::Class(class + self.classes),
            Expr::This(class) => Expr::This(class + self.classes),
            Expr::Super(class) => Expr::Super(class + self.classes),
            Expr::Parameter { function, index } => Expr::Parameter { function: function + self.functions, index },
            Expr::When { test, holds, value } => Expr::When { test: self.id(test), holds, value: self.id(value) },
            Expr::Test(operator, parts) => Expr::Test(operator, self.ids(parts)),
            same @ (Expr::Text(_)
            | Expr::Global(_)
            | Expr::Import { .. }
            | Expr::ImportMeta
            | Expr::Pattern(..)
            | Expr::Opaque) => same,
        }
    }

    fn binding(self, binding: Binding) -> Binding {
        Binding {
            values: self.ids(binding.values),
            appended: self.ids(binding.appended),
            annotation: binding.annotation.map(|annotation| self.id(annotation)),
            members: self.named(binding.members),
            ..binding
        }
    }

    fn function(self, mut function: Function) -> Function {
        for parameter in &mut function.parameters {
            parameter.annotation = parameter.annotation.map(|annotation| self.id(annotation));
        }
        Function {
            returns: self.ids(function.returns),
            class: function.class.map(|class| class + self.classes),
            makes: function.makes.map(|class| class + self.classes),
            merged: function.merged.map(|merged| self.id(merged)),
            outer: function.outer.map(|outer| outer + self.functions),
            ..function
        }
    }

    fn class(self, class: Class) -> Class {
        Class {
            parent: class.parent.map(|parent| self.id(parent)),
            constructor: class.constructor.map(|constructor| constructor + self.functions),
            members: self.named(class.members),
            statics: self.named(class.statics),
        }
    }

    fn site(self, site: &CallSite) -> CallSite {
        CallSite {
            expression: self.id(site.expression),
            when: site.when.map(|when| self.id(when)),
            method: site.method.map(|method| method + self.functions),
            within: site.within.map(|within| within + self.functions),
            ..site.clone()
        }
    }
}
