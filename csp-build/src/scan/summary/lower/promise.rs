//! What promises of several values give in the end.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::scan::summary::{Expr, ExprId, Property};

use super::{Lowerer, index};

/// Packages that had promises before the language did.
const PACKAGES: &[&str] = &["bluebird", "core-js/features/promise", "es6-promise", "promise", "q"];
/// Their names where they are at hand.
const NAMES: &[&str] = &["$q", "Bluebird"];

impl Lowerer<'_> {
    /// `Promise.all([import("a"), import("b")])` is the array of what each gives, `Promise.race(…)` one of them.
    pub(super) fn promised(&mut self, callee: ExprId, arguments: &[ExprId]) -> Option<Expr> {
        let (Expr::Member(promise, name), &[all]) = (self.summary.expression(callee), arguments) else { return None };
        let name = name.clone();
        if !self.has_promises(*promise) {
            return None;
        }
        match name.as_str() {
            "all" => Some(Expr::Either(vec![all])),
            "any" | "race" => {
                let which = self.summary.add(Expr::Opaque);
                Some(Expr::Element(all, which))
            }
            "allSettled" => {
                let elements = match self.summary.expression(all).clone() {
                    Expr::Array(elements) => elements,
                    _ => {
                        let which = self.summary.add(Expr::Opaque);
                        vec![self.summary.add(Expr::Element(all, which))]
                    }
                };
                let settled = |value| self.summary.add(Expr::Object(vec![Property::Named("value".to_owned(), value)]));
                Some(Expr::Array(elements.into_iter().map(settled).collect()))
            }
            _ => None,
        }
    }

    fn has_promises(&self, object: ExprId) -> bool {
        match self.summary.expression(object) {
            Expr::Global(name) => name == "Promise",
            Expr::Symbol(symbol) => self.summary.binding(*symbol).is_some_and(|binding| {
                let is_package = |&value: &ExprId| {
                    matches!(self.summary.expression(value), Expr::Import { source, .. } if PACKAGES.contains(&source.as_str()))
                };
                NAMES.contains(&binding.name.as_str()) || binding.values.iter().any(is_package)
            }),
            _ => false,
        }
    }

    /// `new Promise((resolve) => resolve(value))` gives what its function hands to the first parameter.
    pub(super) fn settle_promises(&mut self) {
        let mut made = Vec::new();
        for (place, expression) in self.summary.expressions.iter().enumerate() {
            if let Expr::New(class, arguments) = expression
                && let &[function] = arguments.as_slice()
                && self.has_promises(*class)
                && let Expr::Function(function) = self.summary.expression(function)
            {
                made.push((place, *function));
            }
        }
        if made.is_empty() {
            return;
        }
        // What each name is handed.
        let mut handed: FxHashMap<u32, Vec<ExprId>> = FxHashMap::default();
        let mut named = FxHashSet::default();
        for expression in &self.summary.expressions {
            match expression {
                Expr::Call(callee, arguments) => {
                    if let (Expr::Symbol(symbol), Some(&value)) = (self.summary.expression(*callee), arguments.first())
                    {
                        handed.entry(*symbol).or_default().push(value);
                    }
                }
                Expr::Symbol(symbol) => {
                    named.insert(*symbol);
                }
                _ => {}
            }
        }
        // The names of the first parameters.
        let mut firsts = FxHashMap::default();
        for (symbol, binding) in self.summary.bindings.iter().enumerate() {
            if let Some(&value) = binding.values.first()
                && let Expr::Parameter { function, index: 0 } = *self.summary.expression(value)
            {
                firsts.insert(function, index(symbol));
            }
        }
        for (place, function) in made {
            let given = match firsts.get(&function) {
                Some(symbol) => match (handed.get(symbol), named.contains(symbol)) {
                    (Some(given), _) => given.clone(),
                    (None, true) => continue,
                    (None, false) => Vec::new(),
                },
                // It is rejected, or lasts for ever.
                None if self.summary.function(function).is_some_and(|function| function.parameters.is_empty()) => {
                    Vec::new()
                }
                None => continue,
            };
            self.summary.expressions[place] = Expr::Either(given);
        }
    }
}
