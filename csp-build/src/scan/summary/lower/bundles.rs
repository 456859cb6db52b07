//! Modules that bundlers put into one file: tables of functions, each of which is a module, and functions that stand for one.

use oxc_ast::ast::{
    Argument, ArrayExpression, ArrayExpressionElement, CallExpression, Expression, FormalParameters, Function,
    ObjectExpression, ObjectPropertyKind, PropertyKey, VariableDeclarator,
};
use oxc_span::{GetSpan as _, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::scan::summary::{Binding, Expr, ExprId, Function as Lowered, Property};

use super::commonjs::{Target, given_back};
use super::{Lowerer, index, key_name};

/// The longest helper of a bundler.
const LONGEST_HELPER: usize = 600;
/// The longest function that makes the modules of a table when they are asked for.
const LONGEST_RUNTIME: usize = 2_000;
/// What a file has to say somewhere, so that its objects are looked at for modules.
const SIGNS: &[&str] = &["webpackChunk", "webpackJsonp", "rspackChunk", "exports:{}", "exports: {}"];
/// What comes before the name of a module that is asked for by `define`.
pub(super) const AMD: &str = "amd:";

/// What a function that is called `require` asks for.
pub(super) enum Require {
    /// Files and packages.
    Files,
    /// The modules of a table.
    Table(usize),
    /// The modules of a table, by the names that one of them has for them.
    Named(FxHashMap<String, u32>),
}

/// What is known of the modules in a file.
#[derive(Default)]
pub(super) struct Bundle {
    is_one: bool,
    /// What functions are given that are called by a bundler or loader alone.
    pub(super) handed: FxHashMap<Span, Vec<ExprId>>,
    /// Variables that stand for `module`, and what stands for its exports.
    modules: FxHashMap<u32, u32>,
    requires: FxHashMap<u32, Require>,
    tables: Vec<FxHashMap<String, u32>>,
    table_of: FxHashMap<ExprId, usize>,
    /// Functions that make modules, with the variables that hold their tables.
    runtimes: Vec<(u32, u32)>,
    /// Variables that stand for the exports of a module.
    exports: Vec<u32>,
    /// Modules by the names that they are defined with.
    pub(super) named: FxHashMap<String, u32>,
    /// Functions that give modules their exports, and what a loader calls them.
    pub(super) systems: FxHashMap<u32, Target>,
    /// What a module is, where its function gives something back.
    pub(super) given_back: Vec<(Option<u32>, u32, ExprId)>,
    helpers: FxHashMap<u32, Helper>,
}

/// What a helper of a bundler does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Helper {
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

/// A function, as far as a module may be one.
struct Module<'e, 'a> {
    key: String,
    parameters: &'e FormalParameters<'a>,
    span: Span,
    names: Option<&'e ObjectExpression<'a>>,
}

impl Bundle {
    pub(super) fn of(text: &str) -> Self {
        Self { is_one: SIGNS.iter().any(|sign| text.contains(sign)), ..Self::default() }
    }
}

impl Lowerer<'_> {
    /// A variable that stands for the exports of a module.
    pub(super) fn inner_module(&mut self, name: &str, offset: usize) -> u32 {
        let empty = self.summary.add(Expr::Object(Vec::new()));
        self.summary.bindings.push(Binding {
            name: name.to_owned(),
            offset,
            values: vec![empty],
            ..Binding::default()
        });
        let id = index(self.summary.bindings.len() - 1);
        self.bundle.exports.push(id);
        id
    }

    /// An object that stands for `module`.
    pub(super) fn module_object(&mut self, parameters: &FormalParameters<'_>, place: usize, exports: u32) -> ExprId {
        if let Some(symbol) = parameter(parameters, place) {
            self.bundle.modules.insert(symbol, exports);
        }
        let exports = self.summary.add(Expr::Symbol(exports));
        self.summary.add(Expr::Object(vec![Property::Named("exports".to_owned(), exports)]))
    }

    pub(super) fn note_require(&mut self, parameters: &FormalParameters<'_>, place: usize, require: Require) {
        if let Some(symbol) = parameter(parameters, place) {
            self.bundle.requires.insert(symbol, require);
        }
    }

    /// What stands for `module.exports`, where an object is the `module` of a bundle.
    pub(super) fn exports_of_module(&self, object: ExprId) -> Option<u32> {
        match self.summary.expression(object) {
            Expr::Symbol(symbol) => self.bundle.modules.get(symbol).copied(),
            _ => None,
        }
    }

    /// The expression of what stands for `module.exports`.
    pub(super) fn exports_behind(&self, module: ExprId) -> Option<ExprId> {
        let Expr::Symbol(symbol) = self.summary.expression(module) else { return None };
        let &object = self.summary.binding(*symbol)?.values.first()?;
        match self.summary.expression(object) {
            Expr::Object(properties) => properties.iter().find_map(|property| match property {
                Property::Named(name, exports) if name == "exports" => Some(*exports),
                _ => None,
            }),
            _ => None,
        }
    }

    /// `module.exports = value`
    pub(super) fn assign_exports(&mut self, exports: u32, value: ExprId) {
        let binding = usize::try_from(exports).ok().and_then(|exports| self.summary.bindings.get_mut(exports));
        if let Some(binding) = binding {
            binding.values.push(value);
        }
    }

    /// `{ 123: (module, exports, require) => { … } }`, and `{ 1: [function (require, module, exports) { … }, { "./a": 2 }] }`.
    pub(super) fn table_of_object(&mut self, object: &ObjectExpression<'_>, id: ExprId) {
        if !self.bundle.is_one || object.properties.is_empty() {
            return;
        }
        let (mut modules, mut literal_keys) = (Vec::new(), 0);
        for property in &object.properties {
            let ObjectPropertyKind::ObjectProperty(property) = property else { return };
            let Some(key) = key_name(&property.key) else { return };
            let Some(module) = module_of(key, &property.value) else { return };
            let is_literal = matches!(property.key, PropertyKey::NumericLiteral(_) | PropertyKey::StringLiteral(_));
            literal_keys += usize::from(is_literal);
            modules.push(module);
        }
        if literal_keys * 2 >= modules.len() {
            self.note_table(&modules, id);
        }
    }

    /// `[function (module, exports, require) { … }, …]`
    pub(super) fn table_of_array(&mut self, array: &ArrayExpression<'_>) {
        if !self.bundle.is_one || array.elements.is_empty() {
            return;
        }
        let mut modules = Vec::new();
        for (place, element) in array.elements.iter().enumerate() {
            if matches!(element, ArrayExpressionElement::Elision(_) | ArrayExpressionElement::NullLiteral(_)) {
                continue;
            }
            let Some(element) = element.as_expression() else { return };
            match module_of(place.to_string(), element) {
                Some(module) if module.names.is_none() => modules.push(module),
                _ => return,
            }
        }
        if self.are_modules(&modules) {
            let id = match self.lowered.get(&array.span) {
                Some(&id) => id,
                None => {
                    let lowered = self.array(array);
                    let id = self.summary.add(lowered);
                    self.lowered.insert(array.span, id);
                    id
                }
            };
            self.note_table(&modules, id);
        }
    }

    /// Whether functions are modules: one is given all three that there are, or gives itself exports.
    fn are_modules(&self, modules: &[Module<'_, '_>]) -> bool {
        modules.iter().any(|module| {
            let exports = || {
                let name = module.parameters.items.first()?.pattern.get_binding_identifier()?.name;
                Some(self.written(module.span).contains(&format!("{name}.exports")))
            };
            module.names.is_some() || module.parameters.items.len() == 3 || exports().unwrap_or(false)
        })
    }

    fn note_table(&mut self, modules: &[Module<'_, '_>], id: ExprId) {
        if !self.are_modules(modules) {
            return;
        }
        let mut keys = FxHashMap::default();
        for module in modules {
            let exports = self.inner_module(&module.key, module.span.start as usize);
            keys.insert(module.key.clone(), exports);
        }
        let table = self.bundle.tables.len();
        for module in modules {
            let Some(&exports) = keys.get(&module.key) else { continue };
            let given = match module.names {
                Some(names) => {
                    let require = Require::Named(self.names_of(names, &keys));
                    self.note_require(module.parameters, 0, require);
                    let require = self.summary.add(Expr::Global("require".to_owned()));
                    let object = self.module_object(module.parameters, 1, exports);
                    vec![require, object, self.summary.add(Expr::Symbol(exports))]
                }
                None => {
                    self.note_require(module.parameters, 2, Require::Table(table));
                    let object = self.module_object(module.parameters, 0, exports);
                    vec![object, self.summary.add(Expr::Symbol(exports))]
                }
            };
            self.bundle.handed.entry(module.span).or_insert(given);
        }
        self.bundle.tables.push(keys);
        self.bundle.table_of.insert(id, table);
    }

    fn names_of(&self, names: &ObjectExpression<'_>, keys: &FxHashMap<String, u32>) -> FxHashMap<String, u32> {
        let named = names.properties.iter().filter_map(|property| {
            let property = property.as_property()?;
            let key = match &property.value {
                Expression::StringLiteral(key) => key.value.to_string(),
                Expression::NumericLiteral(key) => key.value.to_string(),
                _ => return None,
            };
            Some((key_name(&property.key)?, *keys.get(&key)?))
        });
        named.collect()
    }

    /// Notes a function that gives modules of a table, as it calls them with what they export.
    pub(super) fn note_runtime(&mut self, function: &Function<'_>) {
        let Some(id) = function.id.as_ref().and_then(|name| name.symbol_id.get()) else { return };
        self.note_helper(index(id.index()), function.span, function.params.items.len());
        let [parameter] = function.params.items.as_slice() else { return };
        let written = self.written(function.span);
        if !self.bundle.is_one || written.len() > LONGEST_RUNTIME || !written.contains(".exports") {
            return;
        }
        let Some(parameter) = parameter.pattern.get_binding_identifier() else { return };
        let key = format!("[{}]", parameter.name);
        let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
        let table = written.match_indices(&key).find_map(|(at, _)| {
            let (before, after) = (written.get(..at)?, written.get(at + key.len()..)?);
            let is_called = after.starts_with('(') || after.starts_with(".call(");
            let start = before.rfind(|character| !is_part(character)).map_or(0, |last| last + 1);
            before.get(start..).filter(|name| is_called && !name.is_empty())
        });
        let symbol =
            table.zip(function.scope_id.get()).and_then(|(name, scope)| self.scoping.find_binding(scope, name.into()));
        if let Some(symbol) = symbol {
            self.bundle.runtimes.push((index(id.index()), index(symbol.index())));
        }
    }

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

    fn note_helper(&mut self, symbol: u32, span: Span, parameters: usize) {
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

    /// What `require` gives by one of its names.
    pub(super) fn required(&mut self, call: &CallExpression<'_>) -> Option<Expr> {
        let Expression::Identifier(name) = &call.callee else { return None };
        let key = match call.arguments.as_slice() {
            [Argument::StringLiteral(key)] => key.value.to_string(),
            [Argument::NumericLiteral(key)] => key.value.to_string(),
            _ => return None,
        };
        let Expr::Symbol(symbol) = self.reference(name) else { return None };
        match self.bundle.requires.get(&symbol) {
            Some(Require::Files) => {
                let source = if key.starts_with('.') { key } else { format!("{AMD}{key}") };
                return Some(Expr::Import { source, name: "*".to_owned() });
            }
            Some(Require::Table(table)) => {
                return Some(Expr::Symbol(*self.bundle.tables.get(*table)?.get(&key)?));
            }
            Some(Require::Named(names)) => {
                return Some(match names.get(&key) {
                    Some(&exports) => Expr::Symbol(exports),
                    None => Expr::Import { source: key, name: "*".to_owned() },
                });
            }
            None => {}
        }
        (name.name == "__require").then(|| Expr::Import { source: key, name: "*".to_owned() })
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
                self.summary.functions.push(Lowered { offset, returns: vec![symbol], ..Lowered::default() });
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
        if !is_method && self.helper(callee) != Some(Helper::Defining) && !is_written_here() {
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

    /// Puts modules in the place of the calls that ask for them where the table came later, and gives each what it exports.
    pub(super) fn settle_bundle(&mut self) {
        let Bundle { runtimes, table_of, .. } = &self.bundle;
        let mut found = Vec::new();
        for &(runtime, held) in runtimes {
            let values = self.summary.binding(held).map_or(&[][..], |binding| binding.values.as_slice());
            let table = values.iter().find_map(|&value| table_of.get(&self.behind_brackets(value)));
            found.extend(table.map(|&table| (runtime, table)));
        }
        let runtimes: FxHashMap<u32, usize> = found.into_iter().collect();
        if !runtimes.is_empty() || !self.bundle.named.is_empty() {
            for place in 0..self.summary.expressions.len() {
                let module = match self.summary.expressions.get(place) {
                    Some(Expr::Call(callee, arguments)) => {
                        match (self.summary.expression(*callee), arguments.as_slice()) {
                            (Expr::Symbol(symbol), &[key]) => {
                                runtimes.get(symbol).and_then(|&table| match self.summary.expression(key) {
                                    Expr::Text(key) => self.bundle.tables.get(table)?.get(key),
                                    _ => None,
                                })
                            }
                            _ => None,
                        }
                    }
                    Some(Expr::Import { source, name }) if name == "*" => {
                        source.strip_prefix(AMD).and_then(|name| self.bundle.named.get(name))
                    }
                    _ => None,
                };
                if let (Some(&module), Some(expression)) = (module, self.summary.expressions.get_mut(place)) {
                    *expression = Expr::Symbol(module);
                }
            }
        }
        for (exports, function, value) in std::mem::take(&mut self.bundle.given_back) {
            if self.summary.function(function).is_none_or(|function| function.returns.is_empty()) {
                continue;
            }
            match exports {
                Some(exports) => self.assign_exports(exports, value),
                None => self.summary.whole = self.summary.whole.or(Some(value)),
            }
        }
        // What is exported whole stands in the place of the object that was there.
        for exports in std::mem::take(&mut self.bundle.exports).into_iter().collect::<FxHashSet<_>>() {
            let binding = usize::try_from(exports).ok().and_then(|exports| self.summary.bindings.get_mut(exports));
            if let Some(binding) = binding.filter(|binding| binding.values.len() > 1) {
                binding.values.remove(0);
            }
        }
    }

    pub(super) fn behind_brackets(&self, mut id: ExprId) -> ExprId {
        while let Expr::Either(parts) = self.summary.expression(id) {
            let [part] = parts.as_slice() else { return id };
            id = *part;
        }
        id
    }

    fn written(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

fn parameter(parameters: &FormalParameters<'_>, place: usize) -> Option<u32> {
    let symbol = parameters.items.get(place)?.pattern.get_binding_identifier()?.symbol_id.get()?;
    Some(index(symbol.index()))
}

fn module_of<'e, 'a>(key: String, value: &'e Expression<'a>) -> Option<Module<'e, 'a>> {
    let (parameters, span, names) = match value.get_inner_expression() {
        Expression::FunctionExpression(function) => (&function.params, function.span, None),
        Expression::ArrowFunctionExpression(function) => (&function.params, function.span, None),
        Expression::ArrayExpression(pair) => match pair.elements.as_slice() {
            [function, ArrayExpressionElement::ObjectExpression(names)] => {
                let inner = module_of(String::new(), function.as_expression()?)?;
                return Some(Module { key, names: Some(names), ..inner });
            }
            _ => return None,
        },
        _ => return None,
    };
    (parameters.items.len() <= 7 && parameters.rest.is_none()).then_some(Module { key, parameters, span, names })
}
