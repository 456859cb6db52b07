//! Modules that loaders of the page load: `define`, `require([…])`, `System.register`.

use oxc_ast::ast::{
    Argument, ArrayExpression, ArrayExpressionElement, CallExpression, Expression, FormalParameters, FunctionBody,
    ObjectExpression, Statement,
};
use oxc_span::{GetSpan as _, Span};

use crate::scan::summary::{Expr, ExprId, Property};

use super::bundles::{AMD, Require};
use super::commonjs::{Target, own_exports};
use super::{Lowerer, key_name};

/// What a call says of modules.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Loader {
    Define,
    Require,
    System,
}

impl Lowerer<'_> {
    /// Gives the functions of modules what they depend on: the parameters are the modules, in the same order.
    pub(super) fn loaded(&mut self, call: &CallExpression<'_>) {
        let Some(loader) = self.loader(&call.callee) else { return };
        let mut arguments = call.arguments.as_slice();
        let mut name = None;
        if let [Argument::StringLiteral(own), rest @ ..] = arguments {
            (name, arguments) = (Some(own.value.to_string()), rest);
        }
        let dependencies = match arguments {
            [Argument::ArrayExpression(list), rest @ ..] => {
                arguments = rest;
                Some(names(list))
            }
            _ => None,
        };
        let Some(factory) = arguments.first().and_then(Argument::as_expression) else { return };
        if loader == Loader::Require && dependencies.is_none() {
            return;
        }
        let offset = call.span.start as usize;
        let module = name.as_ref().filter(|_| loader != Loader::Require).map(|name| {
            let module = self.inner_module(name, offset);
            self.bundle.named.insert(name.clone(), module);
            module
        });
        let inline = parts(factory);
        if let (Loader::System, Some((_, parameters, body))) = (loader, &inline) {
            self.registered_module(parameters, body, dependencies.unwrap_or_default(), (name.as_deref(), module));
            return;
        }
        let is_wrapper = dependencies.is_none();
        let dependencies =
            dependencies.unwrap_or_else(|| ["require", "exports", "module"].map(|name| Some(name.to_owned())).to_vec());
        let mut given = Vec::new();
        for (place, dependency) in dependencies.iter().enumerate() {
            let value = match (dependency.as_deref(), module) {
                (Some("exports"), Some(module)) => self.summary.add(Expr::Symbol(module)),
                (Some("exports"), None) => self.summary.add(own_exports()),
                (Some("module"), Some(module)) => match &inline {
                    Some((_, parameters, _)) => self.module_object(parameters, place, module),
                    None => self.summary.add(Expr::Opaque),
                },
                (Some("module"), None) => self.summary.add(Expr::Global("module".to_owned())),
                (Some("require"), _) => {
                    if let Some((_, parameters, _)) = &inline {
                        self.note_require(parameters, place, Require::Files);
                    }
                    self.summary.add(Expr::Global("require".to_owned()))
                }
                (Some(source), _) => self.dependency_of(name.as_deref(), source),
                (None, _) => self.summary.add(Expr::Opaque),
            };
            given.push(value);
        }
        match inline {
            Some((span, ..)) => {
                self.bundle.handed.insert(span, given.clone());
                if loader == Loader::Define {
                    let function = self.function_id(span);
                    let callee = self.summary.add(Expr::Function(function));
                    let value = self.summary.add(Expr::Call(callee, given));
                    self.bundle.given_back.push((module, function, value));
                }
            }
            None => {
                let value = self.lower(factory);
                if matches!(self.summary.expression(value), Expr::Symbol(_)) {
                    // The function of a universal module is given to each loader there may be.
                    let given = if is_wrapper { Vec::new() } else { given };
                    let call = self.summary.add(Expr::Call(value, given));
                    self.site(call, offset);
                } else if loader == Loader::Define {
                    match module {
                        Some(module) => self.assign_exports(module, value),
                        None => self.summary.whole = self.summary.whole.or(Some(value)),
                    }
                }
            }
        }
    }

    fn loader(&self, callee: &Expression<'_>) -> Option<Loader> {
        match callee {
            Expression::Identifier(name) => match (self.reference(name), name.name.as_str()) {
                (Expr::Global(_), "define") => Some(Loader::Define),
                (Expr::Global(_), "require" | "requirejs") => Some(Loader::Require),
                _ => None,
            },
            Expression::StaticMemberExpression(member) => match member.property.name.as_str() {
                "register" if member.object.is_specific_id("System") => Some(Loader::System),
                "define" if member.object.get_member_expr().is_some_and(|ui| ui.object().is_specific_id("sap")) => {
                    Some(Loader::Define)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// A module, as one of a name or a file calls it.
    fn dependency_of(&mut self, of: Option<&str>, source: &str) -> ExprId {
        let source = match (source.strip_prefix("./"), of) {
            (Some(rest), Some(of)) => {
                let folder = of.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
                format!("{AMD}{folder}{rest}")
            }
            _ if source.starts_with('.') => source.to_owned(),
            _ => format!("{AMD}{source}"),
        };
        self.summary.add(Expr::Import { source, name: "*".to_owned() })
    }

    /// `function (export, context) { return { setters: […], execute: function () { … } }; }`
    fn registered_module(
        &mut self,
        parameters: &FormalParameters<'_>,
        body: &FunctionBody<'_>,
        dependencies: Vec<Option<String>>,
        (name, module): (Option<&str>, Option<u32>),
    ) {
        let exporter = parameters.items.first().and_then(|parameter| parameter.pattern.get_binding_identifier());
        if let Some(symbol) = exporter.and_then(|exporter| exporter.symbol_id.get()) {
            let target = module.map_or(Target::File, Target::Binding);
            self.bundle.systems.insert(super::index(symbol.index()), target);
        }
        let declared = body.statements.iter().find_map(|statement| match statement {
            Statement::ReturnStatement(statement) => match statement.argument.as_ref()?.get_inner_expression() {
                Expression::ObjectExpression(declared) => Some(declared),
                _ => None,
            },
            _ => None,
        });
        let Some(setters) = declared.and_then(|declared| setters(declared)) else { return };
        for (setter, dependency) in setters.elements.iter().zip(dependencies) {
            if let (Some((span, ..)), Some(source)) = (setter.as_expression().and_then(parts), dependency) {
                let module = self.dependency_of(name, &source);
                self.bundle.handed.insert(span, vec![module]);
            }
        }
    }

    /// `_export("name", value)`, `_export({ name: value })`
    pub(super) fn exported_by_loader(&mut self, call: ExprId) {
        let Expr::Call(callee, arguments) = self.summary.expression(call).clone() else { return };
        let Expr::Symbol(symbol) = self.summary.expression(callee) else { return };
        let Some(&target) = self.bundle.systems.get(symbol) else { return };
        match *arguments.as_slice() {
            [name, value] => {
                if let Expr::Text(name) = self.summary.expression(name).clone() {
                    self.define(target, &name, value);
                }
            }
            [object] => {
                let Expr::Object(properties) = self.summary.expression(object).clone() else { return };
                for property in properties {
                    if let Property::Named(name, value) = property {
                        self.define(target, &name, value);
                    }
                }
            }
            _ => {}
        }
    }
}

fn names(list: &ArrayExpression<'_>) -> Vec<Option<String>> {
    let name = |element: &ArrayExpressionElement<'_>| match element {
        ArrayExpressionElement::StringLiteral(name) => Some(name.value.to_string()),
        _ => None,
    };
    list.elements.iter().map(name).collect()
}

/// The parts of a function that is written here.
fn parts<'e, 'a>(function: &'e Expression<'a>) -> Option<(Span, &'e FormalParameters<'a>, &'e FunctionBody<'a>)> {
    let function = function.get_inner_expression();
    match function {
        Expression::FunctionExpression(inner) => Some((function.span(), &inner.params, inner.body.as_ref()?)),
        Expression::ArrowFunctionExpression(inner) => match &inner.body {
            oxc_ast::ast::ArrowFunctionBody::FunctionBody(body) => Some((function.span(), &inner.params, body)),
            _ => None,
        },
        _ => None,
    }
}

fn setters<'e, 'a>(declared: &'e ObjectExpression<'a>) -> Option<&'e ArrayExpression<'a>> {
    declared.properties.iter().find_map(|property| {
        let property =
            property.as_property().filter(|property| key_name(&property.key).is_some_and(|key| key == "setters"))?;
        match &property.value {
            Expression::ArrayExpression(setters) => Some(&**setters),
            _ => None,
        }
    })
}
