//! What bundlers and compilers write once into a file for modules, whatever a minifier calls it.

use oxc_ast::ast::{Argument, CallExpression, Expression, ObjectPropertyKind, VariableDeclarator};
use oxc_span::{GetSpan as _, Span};

use crate::scan::summary::{Expr, ExprId, Function, Property};

use super::bundles::module_of;
use super::commonjs::given_back;
use super::{Lowerer, index, key_name};

/// The longest helper of a bundler.
const LONGEST_HELPER: usize = 600;

/// What compilers write where a list or an object is taken apart: it gives back what it is given, as far as its members go.
const TAKING_APART: &[&str] = &[
    "__read",
    "__rest",
    "__values",
    "_objectWithoutProperties",
    "_objectWithoutPropertiesLoose",
    "_slicedToArray",
    "_toArray",
    "_toConsumableArray",
];

/// What a helper of a bundler does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Helper {
    /// `__commonJS`: gives a function that gives a module.
    Later,
    /// `createCommonjsModule`: gives a module.
    Now,
    /// `__export(exports, { name: () => value })`
    Defining,
    /// `__toESM(module)`
    Interop,
    /// `__toCommonJS(exports)`
    Passing,
    /// `_asyncToGenerator(function* () { … })`
    Async,
}

impl Lowerer<'_> {
    /// `var __commonJS = (callback, module) => …`
    pub(super) fn note_helper_variable(&mut self, declarator: &VariableDeclarator<'_>) {
        let symbol = declarator.id.get_binding_identifier().and_then(|name| name.symbol_id.get());
        let parameters = match &declarator.init {
            Some(Expression::ArrowFunctionExpression(function)) => function.params.items.len(),
            Some(Expression::FunctionExpression(function)) => function.params.items.len(),
            _ => return,
        };
        if let (Some(symbol), Some(init)) = (symbol, &declarator.init) {
            self.note_helper(index(symbol.index()), init.span(), parameters);
        }
    }

    pub(super) fn note_helper(&mut self, symbol: u32, span: Span, parameters: usize) {
        let written = self.written(span);
        if written.len() > LONGEST_HELPER
            || !["exports", "enumerable", "__esModule", "Promise("].iter().any(|word| written.contains(word))
        {
            return;
        }
        let plain: String = written.chars().filter(|character| !character.is_whitespace()).collect();
        let has = |part: &str| plain.contains(part);
        let helper = if has("{exports:{}}).exports,") {
            Helper::Later
        } else if has("={exports:{}},") && has(".exports)") && parameters < 3 {
            Helper::Now
        } else if has("__esModule") && has("enumerable") && has("\"default\"") {
            Helper::Interop
        } else if has("{},\"__esModule\",{value:") && parameters == 1 {
            Helper::Passing
        } else if has("newPromise(")
            && has("returnfunction(){")
            && has("arguments")
            && has(".apply(")
            && parameters == 1
        {
            Helper::Async
        } else if has("enumerable") && has("get:") && has("in") && parameters == 2 {
            Helper::Defining
        } else {
            return;
        };
        self.bundle.helpers.insert(symbol, helper);
    }

    pub(super) fn is_async_helper(&self, callee: ExprId) -> bool {
        self.helper(callee) == Some(Helper::Async)
    }

    fn helper(&self, callee: ExprId) -> Option<Helper> {
        let Expr::Symbol(symbol) = self.summary.expression(callee) else { return None };
        if let Some(&helper) = self.bundle.helpers.get(symbol) {
            return Some(helper);
        }
        match self.summary.binding(*symbol)?.name.as_str() {
            "__commonJS" | "__commonJSMin" => Some(Helper::Later),
            "createCommonjsModule" => Some(Helper::Now),
            "__toESM" => Some(Helper::Interop),
            "__toCommonJS" => Some(Helper::Passing),
            "__export" => Some(Helper::Defining),
            _ => None,
        }
    }

    /// What helpers of bundlers give.
    pub(super) fn of_bundler(
        &mut self,
        call: &CallExpression<'_>,
        callee: ExprId,
        arguments: &[ExprId],
    ) -> Option<Expr> {
        if let (Expr::Member(object, name), &[module]) = (self.summary.expression(callee), arguments)
            && name == "n"
            && let Expr::Symbol(symbol) = self.summary.expression(*object)
            && (self.bundle.requires.contains_key(symbol)
                || self.bundle.runtimes.iter().any(|(runtime, _)| runtime == symbol))
        {
            let default = self.default_or_all(module);
            // It is read as `a.a`, or by a call.
            let named = ["a", "value"].map(|name| Property::Named(name.to_owned(), default));
            return Some(Expr::Object(named.to_vec()));
        }
        if self.is_named(callee, TAKING_APART) {
            return Some(Expr::Either(vec![*arguments.first()?]));
        }
        match self.helper(callee)? {
            helper @ (Helper::Later | Helper::Now) => {
                let module = call.arguments.first()?.as_expression()?.get_inner_expression();
                let module = match module {
                    Expression::ObjectExpression(object) => match object.properties.as_slice() {
                        [ObjectPropertyKind::ObjectProperty(property)] => {
                            module_of(key_name(&property.key)?, &property.value)?
                        }
                        _ => return None,
                    },
                    function => module_of("module".to_owned(), function)?,
                };
                let exports = self.inner_module(&module.key, module.span.start as usize);
                let value = Expr::Symbol(exports);
                let symbol = self.summary.add(value.clone());
                if helper == Helper::Now {
                    let object = self.module_object(module.parameters, 0, exports);
                    self.bundle.handed.insert(module.span, vec![object, symbol]);
                    return Some(value);
                }
                let object = self.module_object(module.parameters, 1, exports);
                self.bundle.handed.insert(module.span, vec![symbol, object]);
                let offset = module.span.start as usize;
                self.summary.functions.push(Function { offset, returns: vec![symbol], ..Function::default() });
                Some(Expr::Function(index(self.summary.functions.len() - 1)))
            }
            Helper::Interop => {
                let &module = arguments.first()?;
                let default = self.default_or_all(module);
                Some(Expr::Object(vec![Property::Spread(module), Property::Named("default".to_owned(), default)]))
            }
            Helper::Passing => Some(Expr::Either(vec![*arguments.first()?])),
            Helper::Defining | Helper::Async => None,
        }
    }

    fn default_or_all(&mut self, module: ExprId) -> ExprId {
        let default = self.summary.add(Expr::Member(module, "default".to_owned()));
        self.summary.add(Expr::Coalesce(default, module))
    }

    /// `require.d(exports, { name: () => value })`, `require.d(exports, "name", function () { return value; })`
    pub(super) fn define_getters(&mut self, call: &CallExpression<'_>, lowered: ExprId) {
        let Expr::Call(callee, arguments) = self.summary.expression(lowered).clone() else { return };
        let is_method = matches!(self.summary.expression(callee), Expr::Member(_, name) if name == "d");
        let is_written_here = || {
            let callee = call.callee.get_inner_expression();
            matches!(callee, Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_))
                && self.written(callee.span()).contains("enumerable")
        };
        let is_helper = self.helper(callee) == Some(Helper::Defining) || self.is_named(callee, &["$parcel$export"]);
        if !is_method && !is_helper && !is_written_here() {
            return;
        }
        let Some(target) = arguments.first().and_then(|&exports| self.target(exports)) else { return };
        match call.arguments.as_slice() {
            [_, Argument::ObjectExpression(object)] => {
                for property in &object.properties {
                    let ObjectPropertyKind::ObjectProperty(property) = property else { continue };
                    if let (Some(name), Some(value)) = (key_name(&property.key), given_back(&property.value)) {
                        let value = self.lower(value);
                        self.define(target, &name, value);
                    }
                }
            }
            [_, Argument::StringLiteral(name), getter] => {
                if let Some(value) = getter.as_expression().and_then(given_back) {
                    let value = self.lower(value);
                    self.define(target, &name.value, value);
                }
            }
            _ => {}
        }
    }
}
