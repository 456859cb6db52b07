//! Classes as they were before there was a word for them, by hand and as compilers write them.

use oxc_ast::ast::{Argument, ArrayExpressionElement, CallExpression, Expression};
use oxc_ast_visit::Visit as _;

use crate::scan::summary::{Class, Expr, ExprId, Property};

use super::commonjs::own_exports;
use super::{Lowerer, This, value_of};

/// They make the second function what the first one inherits from.
const INHERITING: &[&str] = &["__extends", "_inherits", "_inheritsLoose", "inherits", "inheritsLoose"];

impl Lowerer<'_> {
    /// The class of what `new` makes of a function.
    pub(super) fn class_of_function(&mut self, function: u32) -> u32 {
        let next = u32::try_from(self.summary.classes.len()).unwrap_or(u32::MAX);
        let Some(entry) = self.function_mut(function) else { return next };
        if let Some(class) = entry.makes {
            return class;
        }
        entry.makes = Some(next);
        self.summary.classes.push(Class { constructor: Some(function), ..Class::default() });
        next
    }

    /// The function that a name stands for.
    pub(super) fn function_of(&self, value: ExprId) -> Option<u32> {
        let Expr::Symbol(symbol) = self.summary.expression(value) else { return None };
        self.summary.binding(*symbol)?.values.iter().find_map(|&value| match self.summary.expression(value) {
            Expr::Function(function) => Some(*function),
            _ => None,
        })
    }

    /// The function that `F.prototype` is the prototype of.
    pub(super) fn of_prototype(&self, object: ExprId) -> Option<u32> {
        let Expr::Member(function, name) = self.summary.expression(object) else { return None };
        if name == "prototype" { self.function_of(*function) } else { None }
    }

    /// `F.prototype = { … }`, `F.prototype = Object.create(G.prototype)`, `F.prototype = new G()`. Says whether the functions
    /// of the object are methods.
    pub(super) fn assign_prototype(&mut self, function: ExprId, value: ExprId) -> bool {
        let parent = match self.summary.expression(value).clone() {
            Expr::Object(members) => {
                let Some(function) = self.function_of(function) else { return false };
                let class = self.class_of_function(function);
                let named = members.into_iter().filter_map(|property| match property {
                    Property::Named(name, value) => Some((name, value)),
                    Property::Spread(_) | Property::Computed(_) => None,
                });
                if let Some(entry) = self.class_mut(class) {
                    entry.members.extend(named);
                }
                self.next_owner = Some(class);
                return true;
            }
            Expr::New(parent, _) => Some(parent),
            Expr::Call(create, arguments) => match (self.summary.expression(create), arguments.as_slice()) {
                (Expr::Member(_, name), [of, ..]) if name == "create" => match self.summary.expression(*of) {
                    Expr::Member(parent, name) if name == "prototype" => Some(*parent),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        };
        self.inherits.extend(parent.map(|parent| (function, parent)));
        false
    }

    /// `__extends(F, G)`
    pub(super) fn inherit(&mut self, callee: ExprId, arguments: &[ExprId]) {
        if let (true, &[child, parent]) = (self.is_named(callee, INHERITING), arguments) {
            self.inherits.push((child, parent));
        }
    }

    /// Whether a function has one of some names.
    pub(super) fn is_named(&self, callee: ExprId, names: &[&str]) -> bool {
        let name = match self.summary.expression(callee) {
            Expr::Symbol(symbol) => self.summary.binding(*symbol).map(|binding| binding.name.as_str()),
            Expr::Global(name) | Expr::Member(_, name) => Some(name.as_str()),
            _ => None,
        };
        name.is_some_and(|name| names.contains(&name))
    }

    /// The parent of the class that a function makes.
    pub(super) fn super_of(&mut self, function: ExprId) -> Option<ExprId> {
        let function = self.function_of(function)?;
        let class = self.class_of_function(function);
        Some(self.summary.add(Expr::Super(class)))
    }

    /// The parent behind the `_super` of `_super.call(this)`.
    pub(super) fn super_behind(&mut self, function: ExprId) -> Option<ExprId> {
        let &around = self.plain.last()?;
        let is_it = |&&(child, parent): &&(ExprId, ExprId)| {
            self.summary.expression(parent) == self.summary.expression(function)
                && self.function_of(child) == Some(around)
        };
        if let Some(&(child, _)) = self.inherits.iter().find(is_it) {
            return self.super_of(child);
        }
        let Expr::Symbol(symbol) = self.summary.expression(function) else { return None };
        let made = self.summary.binding(*symbol)?.values.first().copied()?;
        match self.summary.expression(made).clone() {
            Expr::Call(callee, arguments) if self.is_named(callee, &["_createSuper"]) => {
                self.super_of(*arguments.first()?)
            }
            _ => None,
        }
    }

    /// Gives classes their parents: a function may be written below the call that says which.
    pub(super) fn settle_parents(&mut self) {
        for (child, parent) in std::mem::take(&mut self.inherits) {
            let Some(function) = self.function_of(child) else { continue };
            let class = self.class_of_function(function);
            if let Some(class) = self.class_mut(class)
                && class.parent.is_none()
            {
                class.parent = Some(parent);
            }
        }
    }

    /// `_createClass(F, [{ key: "name", value: function () {} }], …)`, whatever a minifier calls it.
    pub(super) fn visit_class_parts(&mut self, call: &CallExpression<'_>) -> bool {
        let [function, members, rest @ ..] = call.arguments.as_slice() else { return false };
        let Some(function) = function.as_expression().filter(|function| matches!(function, Expression::Identifier(_)))
        else {
            return false;
        };
        let lists = [Some(members), rest.first()];
        if rest.len() > 1 || !lists.iter().flatten().all(|list| is_list_of_members(list)) {
            return false;
        }
        let function = self.lower(function);
        let Some(function) = self.function_of(function) else { return false };
        let class = self.class_of_function(function);
        self.visit_expression(&call.callee);
        for (list, is_static) in lists.iter().zip([false, true]) {
            let Some(Argument::ArrayExpression(list)) = list else { continue };
            for element in &list.elements {
                let ArrayExpressionElement::ObjectExpression(member) = element else { continue };
                self.next_owner = Some(class);
                self.visit_object_expression(member);
                let Some(&object) = self.lowered.get(&member.span) else { continue };
                let Expr::Object(properties) = self.summary.expression(object).clone() else { continue };
                let Some(Expr::Text(name)) =
                    value_of(&properties, "key").map(|key| self.summary.expression(key).clone())
                else {
                    continue;
                };
                let value = match (value_of(&properties, "value"), value_of(&properties, "get")) {
                    (Some(value), _) => Some(value),
                    (None, Some(getter)) => Some(self.summary.add(Expr::Call(getter, Vec::new()))),
                    (None, None) => None,
                };
                if let (Some(value), Some(class)) = (value, self.class_mut(class)) {
                    let members = if is_static { &mut class.statics } else { &mut class.members };
                    members.push((name, value));
                }
            }
        }
        true
    }

    /// The function that `_createClass` gives back: the one that it is given.
    pub(super) fn class_given_back(&self, arguments: &[ExprId]) -> Option<Expr> {
        let &[function, members, ..] = arguments else { return None };
        let Expr::Symbol(_) = self.summary.expression(function) else { return None };
        let Expr::Array(members) = self.summary.expression(members) else { return None };
        let has_key = |&member: &ExprId| {
            matches!(self.summary.expression(member), Expr::Object(properties)
                if properties.iter().any(|property| matches!(property, Property::Named(name, _) if name == "key")))
        };
        (!members.is_empty() && members.iter().all(has_key)).then(|| Expr::Either(vec![function]))
    }

    /// What a name that stands for `this` stands for: `var self = this`, `_this = _super.call(this) || this`, and the name of
    /// what is handed to a function where it is written.
    pub(super) fn alias(&self, object: ExprId) -> ExprId {
        let (mut value, mut found) = (object, object);
        for _ in 0..8 {
            value = match self.summary.expression(value) {
                Expr::Symbol(symbol) => {
                    let values = self.summary.binding(*symbol).map(|binding| binding.values.as_slice());
                    found = value;
                    match values {
                        Some([value]) => *value,
                        // `var _this; _this = _super.call(this) || this;`, where others assign nothing.
                        _ => return found,
                    }
                }
                Expr::Either(parts) => match parts.as_slice() {
                    [part] => *part,
                    _ => return found,
                },
                Expr::Coalesce(first, second) => match self.summary.expression(*second) {
                    Expr::This(_) => *second,
                    Expr::Global(name) if name == "this" => *second,
                    _ if matches!(self.summary.expression(*first), Expr::Symbol(_)) => *first,
                    _ => return found,
                },
                Expr::This(_) => return value,
                Expr::Global(name) if name == "this" || name == "module" => return value,
                exports if *exports == own_exports() => return value,
                // `module.exports` of a bundle
                Expr::Member(module, name) if name == "exports" => match self.exports_of_module(*module) {
                    Some(_) => return self.exports_behind(*module).unwrap_or(found),
                    None => return found,
                },
                _ => return found,
            };
        }
        found
    }

    /// Notes that a function has members by `this.name = …`, and so makes objects.
    pub(super) fn assign_this(&mut self, name: &str, value: ExprId) -> bool {
        let (Some(This::Unknown), Some(&function)) = (self.this.last().copied(), self.plain.last()) else {
            return false;
        };
        let class = self.class_of_function(function);
        if let Some(this) = self.this.last_mut() {
            *this = This::Class(class);
        }
        if let Some(entry) = self.class_mut(class) {
            entry.members.push((name.to_owned(), value));
        }
        true
    }
}

/// An array of objects of which each has a key, and a function or a getter.
fn is_list_of_members(list: &Argument<'_>) -> bool {
    let Argument::ArrayExpression(list) = list else { return matches!(list, Argument::NullLiteral(_)) };
    !list.elements.is_empty()
        && list.elements.iter().all(|element| {
            let ArrayExpressionElement::ObjectExpression(member) = element else { return false };
            let names: Vec<_> =
                member.properties.iter().filter_map(|property| property.as_property()?.key.static_name()).collect();
            let has = |wanted: &str| names.iter().any(|name| name == wanted);
            has("key") && (has("value") || has("get") || has("set"))
        })
}
