//! Objects that get the members of others: `Object.assign`, what libraries and compilers have for it, and functions that are
//! written for it by hand.

use oxc_ast::ast::{ComputedMemberExpression, Expression};
use oxc_span::{GetSpan as _, Span};

use crate::scan::summary::{COPIED, Expr, ExprId, KEYED, PUSHED, Property};

use super::commonjs::Target;
use super::{Lowerer, SPREAD};

/// What compilers write for `{ ...a, ...b }`.
const OF_COMPILERS: &[&str] =
    &["__assign", "__spreadProps", "__spreadValues", "_extends", "_objectSpread", "_objectSpread2"];
/// Names under which libraries have it.
const OF_LIBRARIES: &[&str] = &[
    "assign",
    "assignIn",
    "deepMerge",
    "deepmerge",
    "defaults",
    "defaultsDeep",
    "extend",
    "merge",
    "mergeDeepRight",
    "mergeRight",
    "mergeWith",
];
/// What such libraries are called where they are at hand.
const LIBRARIES: &[&str] = &["$", "R", "_", "angular", "jQuery", "lodash"];
/// Packages that have it among other things.
const PACKAGES: &[&str] = &["es-toolkit", "es-toolkit/compat", "lodash", "lodash-es", "ramda", "underscore"];
/// Packages that are nothing else.
const WHOLE_PACKAGES: &[&str] = &[
    "deep-extend",
    "deepmerge",
    "deepmerge-ts",
    "defu",
    "extend",
    "just-extend",
    "lodash.assign",
    "lodash.defaults",
    "lodash.defaultsdeep",
    "lodash.merge",
    "merge",
    "merge-deep",
    "merge-options",
    "object-assign",
    "ts-deepmerge",
    "xtend",
];
/// Those of them that change the first object.
const CHANGING: &[&str] = &[
    "deep-extend",
    "extend",
    "lodash.assign",
    "lodash.defaults",
    "lodash.defaultsdeep",
    "lodash.merge",
    "merge",
    "object-assign",
];
/// Those of which the first object counts most.
const FIRST_COUNTS: &[&str] = &["defaults", "defaultsDeep", "defu", "lodash.defaults", "lodash.defaultsdeep"];

/// A place where a member is copied that is chosen when the page runs.
pub(super) struct Copied {
    at: usize,
    target: ExprId,
}

impl Lowerer<'_> {
    /// The object with the members of all arguments, where a call gives such a one.
    pub(super) fn merged(&mut self, callee: ExprId, arguments: &[ExprId]) -> Option<Expr> {
        let (name, changes_first) = self.merges(callee)?;
        if let (true, Some((&target, sources))) = (changes_first, arguments.split_first()) {
            for &source in sources {
                self.copy_into(target, source);
            }
        }
        let is_object = |&&argument: &&ExprId| {
            // `true` asks for a deep copy.
            !matches!(self.summary.expression(argument), Expr::Opaque | Expr::Text(_))
        };
        let mut all: Vec<_> = arguments.iter().filter(is_object).copied().collect();
        if FIRST_COUNTS.contains(&name.as_str()) {
            all.reverse();
        }
        Some(Expr::Object(all.into_iter().map(Property::Spread).collect()))
    }

    /// The name of what merges objects, and whether it changes the first one.
    fn merges(&self, callee: ExprId) -> Option<(String, bool)> {
        let is_library = |object: ExprId| match self.summary.expression(object) {
            Expr::Global(name) => LIBRARIES.contains(&name.as_str()),
            Expr::Symbol(symbol) => {
                self.summary.binding(*symbol).is_some_and(|binding| LIBRARIES.contains(&binding.name.as_str()))
            }
            _ => false,
        };
        let name = match self.summary.expression(callee) {
            Expr::Symbol(symbol) => {
                let binding = self.summary.binding(*symbol)?;
                if OF_COMPILERS.contains(&binding.name.as_str()) {
                    return Some((binding.name.clone(), true));
                }
                let (source, name) = binding.values.iter().find_map(|&value| self.imported(value))?;
                let source = source.trim_end_matches(".js");
                let (package, last) = source.rsplit_once('/').unwrap_or((source, name));
                if WHOLE_PACKAGES.contains(&source) {
                    return Some((source.to_owned(), CHANGING.contains(&source)));
                }
                let last = if PACKAGES.contains(&source) { name } else { last };
                let is_of_package = PACKAGES.contains(&package) || PACKAGES.contains(&source);
                is_of_package.then_some(last)?
            }
            Expr::Global(name) | Expr::Member(_, name) if OF_COMPILERS.contains(&name.as_str()) => {
                return Some((name.clone(), true));
            }
            Expr::Member(object, name) => {
                let is_language =
                    name == "assign" && *self.summary.expression(*object) == Expr::Global("Object".to_owned());
                if !is_language && !is_library(*object) {
                    return None;
                }
                name
            }
            _ => return None,
        };
        OF_LIBRARIES.contains(&name).then(|| (name.to_owned(), !name.starts_with("merge") || !name.ends_with("Right")))
    }

    fn imported(&self, value: ExprId) -> Option<(&str, &str)> {
        match self.summary.expression(value) {
            Expr::Import { source, name } => Some((source, name)),
            _ => None,
        }
    }

    /// Gives an object the members of another one.
    fn copy_into(&mut self, target: ExprId, source: ExprId) {
        let target = self.alias(target);
        if *self.summary.expression(target) == Expr::Global("this".to_owned()) {
            self.assign_this(COPIED, source);
            return;
        }
        if self.target(target) == Some(Target::File) {
            self.define_all(Target::File, source);
            return;
        }
        let parts = vec![Property::Spread(target), Property::Spread(source)];
        match self.summary.expression(target).clone() {
            Expr::This(class) => {
                if let Some(class) = self.class_mut(class) {
                    class.members.push((COPIED.to_owned(), source));
                }
            }
            Expr::Member(object, name) => {
                if let Expr::This(class) = *self.summary.expression(object) {
                    let whole = self.summary.add(Expr::Object(parts));
                    if let Some(class) = self.class_mut(class) {
                        class.members.push((name, whole));
                    }
                }
            }
            Expr::Symbol(symbol) => {
                let is_own = self.summary.binding(symbol).is_some_and(|binding| {
                    let is_literal = |&value: &ExprId| matches!(self.summary.expression(value), Expr::Object(_));
                    !binding.values.is_empty() && binding.values.iter().all(is_literal)
                });
                let whole = self.summary.add(Expr::Object(parts));
                let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
                if let Some(binding) = binding.filter(|_| is_own) {
                    binding.values.push(whole);
                }
            }
            _ => {}
        }
    }

    /// `target[key] = source[key]`, and any other value under a key that is chosen when the page runs.
    pub(super) fn assign_element(&mut self, member: &ComputedMemberExpression<'_>, right: &Expression<'_>) {
        let (target, value) = (self.lower(&member.object), self.lower(right));
        if let Expression::Identifier(key) = &member.expression {
            let is_pair = self.is_value_of_key(&member.expression, value);
            if is_pair || self.written(right.span()).contains(&format!("[{}]", key.name)) {
                self.copied.push(Copied { at: member.span.start as usize, target });
                let source = match (right.get_inner_expression(), is_pair) {
                    (_, true) => self.pairs_of(value),
                    (Expression::ComputedMemberExpression(right), _) if right.expression.is_specific_id(&key.name) => {
                        Some(self.lower(&right.object))
                    }
                    _ => None,
                };
                if let Some(source) = source {
                    self.copy_into(target, source);
                }
                return;
            }
        }
        let Expr::Symbol(symbol) = *self.summary.expression(target) else { return };
        let Some(binding) = self.summary.binding(symbol) else { return };
        let all = |is_it: fn(&Expr) -> bool| {
            !binding.values.is_empty() && binding.values.iter().all(|&value| is_it(self.summary.expression(value)))
        };
        let name = match (all(|value| matches!(value, Expr::Array(_))), all(|value| matches!(value, Expr::Object(_)))) {
            (true, _) => PUSHED,
            (_, true) => KEYED,
            _ => return,
        };
        if let Some(binding) = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol)) {
            binding.members.push((name.to_owned(), value));
        }
    }

    /// `for (const [key, value] of Object.entries(source)) target[key] = value;`
    fn is_value_of_key(&mut self, key: &Expression<'_>, value: ExprId) -> bool {
        let key = self.lower(key);
        match (self.part_of_pair(key), self.part_of_pair(value)) {
            (Some((pair, "0")), Some((same, "1"))) => pair == same,
            _ => false,
        }
    }

    fn part_of_pair(&self, id: ExprId) -> Option<(ExprId, &str)> {
        let Expr::Symbol(symbol) = self.summary.expression(id) else { return None };
        let [value] = self.summary.binding(*symbol)?.values.as_slice() else { return None };
        match self.summary.expression(*value) {
            Expr::Member(pair, place) => Some((*pair, place)),
            _ => None,
        }
    }

    /// The object whose entries a value is one of.
    fn pairs_of(&self, value: ExprId) -> Option<ExprId> {
        let (pair, _) = self.part_of_pair(value)?;
        let mut id = pair;
        for _ in 0..4 {
            id = match self.summary.expression(id) {
                // An array of one pair, as `Object.entries` is lowered.
                Expr::Array(parts) => *parts.last()?,
                Expr::Element(object, _) => match self.summary.expression(*object) {
                    Expr::Array(_) => *object,
                    _ => return Some(*object),
                },
                Expr::Either(parts) => *parts.first()?,
                _ => return None,
            };
        }
        None
    }

    /// Notes that a function gives back an object with the members of all that it is given.
    pub(super) fn note_merging(&mut self, function: u32, span: Span) {
        let range = span.start as usize..span.end as usize;
        let Some(entry) = self.summary.functions.get(usize::try_from(function).unwrap_or(usize::MAX)) else { return };
        let returns: Vec<_> = entry.returns.iter().map(|&value| self.name_behind(value)).collect();
        let is_given_back = |copied: &Copied| {
            let target = self.name_behind(copied.target);
            range.contains(&copied.at) && target.is_some() && returns.contains(&target)
        };
        if !self.copied.iter().any(is_given_back) {
            return;
        }
        let written = self.written(span);
        let first_counts = entry.name.as_ref().is_some_and(|name| name.contains("efault"))
            || ["=== undefined", "===undefined", "=== void 0", "===void 0", "void 0 ===", "void 0===", "== null)"]
                .iter()
                .any(|test| written.contains(test))
            || (written.contains("!(") && written.contains(" in "));
        let mut all: Vec<_> = (0..SPREAD)
            .map(|index| self.summary.add(Expr::Parameter { function, index }))
            .map(Property::Spread)
            .collect();
        if first_counts {
            all.reverse();
        }
        let merged = self.summary.add(Expr::Object(all));
        if let Some(entry) = self.function_mut(function) {
            entry.merged = Some(merged);
        }
    }

    /// The variable that a value is, by itself or as the last of a row.
    fn name_behind(&self, mut id: ExprId) -> Option<u32> {
        for _ in 0..8 {
            id = match self.summary.expression(id) {
                Expr::Symbol(symbol) => return Some(*symbol),
                Expr::Either(parts) => *parts.last()?,
                Expr::When { value, .. } => *value,
                Expr::Coalesce(first, _) => *first,
                _ => return None,
            };
        }
        None
    }
}
