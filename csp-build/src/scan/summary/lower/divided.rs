//! The properties of a component under the names that view libraries have for all of them, divided and joined.

use crate::scan::summary::{Expr, ExprId, Property};

use super::Lowerer;

/// Names of Svelte's for all properties, and for those that aren't declared.
const OF_SVELTE: &[&str] = &["$$props", "$$restProps"];

impl Lowerer<'_> {
    /// `splitProps(props, ["a"], ["b"])`, `mergeProps(defaults, props)`, `useAttrs()`, `defineModel("name", { default })`
    pub(super) fn divided(&mut self, name: &str, arguments: &[ExprId]) -> Option<Expr> {
        match (name, arguments) {
            ("splitProps", [all, parts @ ..]) => {
                let divided = parts.iter().map(|&names| self.part(*all, names)).collect::<Vec<_>>();
                let rest = self.without(*all, parts);
                Some(Expr::Array(divided.into_iter().chain([rest]).collect()))
            }
            ("mergeProps", [_, _, ..]) => Some(Expr::Object(arguments.iter().copied().map(Property::Spread).collect())),
            ("useAttrs", []) => Some(Expr::Either(vec![self.all_properties()?])),
            ("defineModel", arguments) => {
                let all = self.all_properties()?;
                let (name, options) = match arguments {
                    &[first, ..] => match self.summary.expression(first) {
                        Expr::Text(name) => (name.clone(), arguments.get(1).copied()),
                        _ => ("modelValue".to_owned(), Some(first)),
                    },
                    [] => ("modelValue".to_owned(), None),
                };
                let default = options.and_then(|options| self.default_of(options));
                let value = self.property(all, &name, default);
                Some(Expr::Object(vec![Property::Named("value".to_owned(), value)]))
            }
            _ => None,
        }
    }

    /// The texts of a list.
    fn names_in(&self, list: ExprId) -> Vec<String> {
        let Expr::Array(names) = self.summary.expression(list) else { return Vec::new() };
        let text = |&name: &ExprId| match self.summary.expression(name) {
            Expr::Text(name) => Some(name.clone()),
            _ => None,
        };
        names.iter().filter_map(text).collect()
    }

    /// The members that a list names; all, where nobody knows which.
    fn part(&mut self, all: ExprId, list: ExprId) -> ExprId {
        let names = self.names_in(list);
        if names.is_empty() {
            return all;
        }
        let member = |name: String| Property::Named(name.clone(), self.summary.add(Expr::Member(all, name)));
        let members = names.into_iter().map(member).collect();
        self.summary.add(Expr::Object(members))
    }

    /// All members but those of lists of names.
    fn without(&mut self, all: ExprId, lists: &[ExprId]) -> ExprId {
        let mut properties = vec![Property::Spread(all)];
        for name in lists.iter().flat_map(|&list| self.names_in(list)).collect::<Vec<_>>() {
            let nothing = self.summary.add(Expr::Global("undefined".to_owned()));
            properties.push(Property::Named(name, nothing));
        }
        self.summary.add(Expr::Object(properties))
    }

    /// `$$props` of Svelte.
    pub(super) fn named_properties(&mut self, name: &str) -> Option<Expr> {
        if !OF_SVELTE.contains(&name) || !self.properties.declares {
            return None;
        }
        Some(Expr::Either(vec![self.all_properties()?]))
    }

    /// What a component's functions have beside its properties: `this.$attrs`, `setup(props, { attrs })`.
    pub(super) fn beside_properties(&mut self, members: &mut Vec<(String, ExprId)>) {
        if let Some(all) = self.all_properties() {
            members.extend(["$attrs", "$props"].map(|name| (name.to_owned(), all)));
        }
    }

    /// The call of `setup`, with properties and what stands beside them.
    pub(super) fn set_up(&mut self, setup: ExprId, all: ExprId) -> ExprId {
        let context = self.summary.add(Expr::Object(vec![Property::Named("attrs".to_owned(), all)]));
        self.summary.add(Expr::Call(setup, vec![all, context]))
    }
}
