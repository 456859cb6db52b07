//! What files export where modules are `CommonJS`, by hand and as compilers write it.

use oxc_ast::ast::{
    Argument, ArrowFunctionBody, ArrowFunctionExpression, CallExpression, Expression, Function, ObjectPropertyKind,
    Statement,
};

use crate::scan::summary::{COPIED, Expr, ExprId, Property};

use super::{Lowerer, key_name};

/// The most values of one export.
const MOST_VALUES: usize = 8;

/// The most functions of a file that export all of what they are given.
const MOST_EXPORTERS: usize = 8;

/// What something is exported from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    File,
    /// An object that a variable of the file holds.
    Binding(u32),
}

/// All exports of the file itself.
pub(super) fn own_exports() -> Expr {
    Expr::Import { source: String::new(), name: "*".to_owned() }
}

impl Lowerer<'_> {
    /// Whether an expression is `exports`, or another name of it.
    pub(super) fn target(&self, object: ExprId) -> Option<Target> {
        let object = self.alias(object);
        match self.summary.expression(object) {
            expression if *expression == own_exports() => Some(Target::File),
            Expr::Symbol(symbol) => {
                let binding = self.summary.binding(*symbol)?;
                let is_object = |&value: &ExprId| matches!(self.summary.expression(value), Expr::Object(_));
                binding.values.first().is_some_and(is_object).then_some(Target::Binding(*symbol))
            }
            _ => None,
        }
    }

    /// Whether an expression is the `module` of the file.
    pub(super) fn is_own_module(&self, object: ExprId) -> bool {
        *self.summary.expression(self.alias(object)) == Expr::Global("module".to_owned())
    }

    /// `exports.name = value`
    pub(super) fn define(&mut self, target: Target, name: &str, value: ExprId) {
        match target {
            Target::File if self.namespaces.is_empty() => self.exported.push((name.to_owned(), value)),
            Target::File => self.export(name, value),
            Target::Binding(symbol) => {
                let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
                if let Some(binding) = binding {
                    binding.members.push((name.to_owned(), value));
                }
            }
        }
    }

    /// Exports all that another module does.
    pub(super) fn define_all(&mut self, target: Target, module: ExprId) {
        let module = self.alias(module);
        match (target, self.summary.expression(module).clone()) {
            (Target::File, Expr::Import { source, .. }) if !source.is_empty() => self.summary.stars.push(source),
            (Target::File, Expr::Symbol(symbol)) => {
                let values = self.summary.binding(symbol).map(|binding| binding.values.as_slice());
                match values.and_then(|values| values.first()).map(|&value| self.summary.expression(value).clone()) {
                    Some(Expr::Import { source, .. }) if !source.is_empty() => self.summary.stars.push(source),
                    // `function __export(module) { for (var name in module) exports[name] = module[name]; }`
                    Some(Expr::Parameter { function, index }) if self.exporters.len() < MOST_EXPORTERS => {
                        self.exporters.push((function, index));
                    }
                    _ => {}
                }
            }
            (Target::Binding(_), _) => self.define(target, COPIED, module),
            _ => {}
        }
    }

    /// Gives the file its exports: `exports.url = void 0` only says that there will be one.
    pub(super) fn settle_exports(&mut self) {
        for (function, index) in std::mem::take(&mut self.exporters) {
            for place in 0..self.summary.calls.len() {
                let Some(site) = self.summary.calls.get(place) else { break };
                let Expr::Call(callee, arguments) = self.summary.expression(site.expression) else { continue };
                let (callee, argument) = (*callee, arguments.get(index).copied());
                if let (true, Some(module)) = (self.function_of(callee) == Some(function), argument) {
                    self.define_all(Target::File, module);
                }
            }
        }
        let mut named: Vec<(String, Vec<ExprId>)> = Vec::new();
        let mut places = rustc_hash::FxHashMap::<String, usize>::default();
        for (name, value) in std::mem::take(&mut self.exported) {
            let place = *places.entry(name.clone()).or_insert(named.len());
            if place == named.len() {
                named.push((name, Vec::new()));
            }
            let is_nothing = self.is_undefined(value);
            let Some((_, values)) = named.get_mut(place) else { continue };
            if !is_nothing && values.len() < MOST_VALUES && !values.contains(&value) {
                values.push(value);
            }
        }
        for (name, values) in named {
            let value = match values.as_slice() {
                // What is only declared may come from a module that is exported whole.
                [] if !self.summary.stars.is_empty() => continue,
                [] => self.summary.add(Expr::Global("undefined".to_owned())),
                [value] => *value,
                _ => self.summary.add(Expr::Either(values)),
            };
            self.summary.exports.entry(name).or_insert(value);
        }
    }

    /// `void 0`, also at the end of `exports.a = exports.b = void 0`.
    pub(super) fn is_undefined(&self, mut value: ExprId) -> bool {
        loop {
            value = match self.summary.expression(value) {
                Expr::Global(name) => return name == "undefined",
                Expr::Either(parts) => match parts.as_slice() {
                    [part] => *part,
                    _ => return false,
                },
                _ => return false,
            };
        }
    }

    /// What compilers write for `export { name } from` and `export * from` where modules are `CommonJS`.
    pub(super) fn re_export(&mut self, call: &CallExpression<'_>, lowered: ExprId) {
        let Expr::Call(callee, arguments) = self.summary.expression(lowered).clone() else { return };
        match *arguments.as_slice() {
            [module, exports] if self.is_named(callee, &["__exportStar"]) => {
                if let Some(target) = self.target(exports) {
                    self.define_all(target, module);
                }
            }
            [module] if self.is_named(callee, &["__export"]) => {
                let module = self.alias(module);
                if matches!(self.summary.expression(module), Expr::Import { .. }) {
                    self.define_all(Target::File, module);
                }
            }
            [exports, name, descriptor] if self.defines_property(callee) => {
                let Some(target) = self.target(exports) else { return };
                let Expr::Text(name) = self.summary.expression(name).clone() else {
                    if let Some(module) = self.all_of(call) {
                        self.define_all(target, module);
                    }
                    return;
                };
                let Expr::Object(properties) = self.summary.expression(descriptor).clone() else { return };
                for property in properties {
                    match property {
                        Property::Named(key, value) if key == "value" => self.define(target, &name, value),
                        Property::Named(key, getter) if key == "get" => {
                            let value = self.got(call, getter);
                            self.define(target, &name, value);
                        }
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn defines_property(&self, callee: ExprId) -> bool {
        matches!(self.summary.expression(callee), Expr::Member(object, name)
            if name == "defineProperty" && *self.summary.expression(*object) == Expr::Global("Object".to_owned()))
    }

    /// What the getter of a descriptor gives.
    fn got(&mut self, call: &CallExpression<'_>, getter: ExprId) -> ExprId {
        match descriptor_getter(call).and_then(given_back) {
            Some(value) => self.lower(value),
            None => self.summary.add(Expr::Call(getter, Vec::new())),
        }
    }

    /// `Object.defineProperty(exports, key, { get: function () { return module[key]; } })`, for each key of the module.
    fn all_of(&mut self, call: &CallExpression<'_>) -> Option<ExprId> {
        let key = call.arguments.get(1)?.as_expression()?.get_identifier_reference()?;
        let Expression::ComputedMemberExpression(member) = given_back(descriptor_getter(call)?)? else { return None };
        member.expression.is_specific_id(&key.name).then(|| self.lower(&member.object))
    }
}

fn descriptor_getter<'c, 'a>(call: &'c CallExpression<'a>) -> Option<&'c Expression<'a>> {
    let Some(Argument::ObjectExpression(descriptor)) = call.arguments.get(2) else { return None };
    descriptor.properties.iter().find_map(|property| match property {
        ObjectPropertyKind::ObjectProperty(property) if key_name(&property.key)? == "get" => Some(&property.value),
        _ => None,
    })
}

/// The value of a function without parameters that does nothing else than to give it back.
pub(super) fn given_back<'e, 'a>(function: &'e Expression<'a>) -> Option<&'e Expression<'a>> {
    match function.get_inner_expression() {
        Expression::FunctionExpression(function) => of_function(function),
        Expression::ArrowFunctionExpression(function) => of_arrow(function),
        _ => None,
    }
}

fn of_function<'e, 'a>(function: &'e Function<'a>) -> Option<&'e Expression<'a>> {
    let body = function.body.as_ref()?;
    if !function.params.items.is_empty() {
        return None;
    }
    match body.statements.as_slice() {
        [Statement::ReturnStatement(statement)] => statement.argument.as_ref(),
        _ => None,
    }
}

fn of_arrow<'e, 'a>(function: &'e ArrowFunctionExpression<'a>) -> Option<&'e Expression<'a>> {
    if !function.params.items.is_empty() {
        return None;
    }
    match &function.body {
        ArrowFunctionBody::FunctionBody(body) => match body.statements.as_slice() {
            [Statement::ReturnStatement(statement)] => statement.argument.as_ref(),
            _ => None,
        },
        body => body.as_expression(),
    }
}
