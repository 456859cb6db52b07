//! Modules that bundlers put into one file: tables of functions, each of which is a module, and functions that stand for one.

use oxc_ast::ast::{
    Argument, ArrayExpression, ArrayExpressionElement, CallExpression, Expression, FormalParameters, Function,
    ObjectExpression, ObjectPropertyKind, PropertyKey,
};
use oxc_span::Span;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::scan::summary::{Binding, Expr, ExprId, Property};

use super::commonjs::Target;
use super::helpers::Helper;
use super::{Lowerer, index, key_name};

/// The longest function that makes the modules of a table when they are asked for.
const LONGEST_RUNTIME: usize = 2_000;
/// What a file has to say somewhere, so that its objects are looked at for modules.
const SIGNS: &[&str] = &["webpackChunk", "webpackJsonp", "rspackChunk", "parcelRequire", "exports:{}", "exports: {}"];
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
    pub(super) requires: FxHashMap<u32, Require>,
    tables: Vec<FxHashMap<String, u32>>,
    table_of: FxHashMap<ExprId, usize>,
    /// Functions that make modules, with the variables that hold their tables.
    pub(super) runtimes: Vec<(u32, u32)>,
    /// Variables that stand for the exports of a module.
    exports: Vec<u32>,
    /// Modules by the names that Parcel registers them with.
    registered: FxHashMap<String, u32>,
    /// Modules by the names that they are defined with.
    pub(super) named: FxHashMap<String, u32>,
    /// Functions that give modules their exports, and what a loader calls them.
    pub(super) systems: FxHashMap<u32, Target>,
    /// What a module is, where its function gives something back.
    pub(super) given_back: Vec<(Option<u32>, u32, ExprId)>,
    pub(super) helpers: FxHashMap<u32, Helper>,
}

/// A function, as far as a module may be one.
pub(super) struct Module<'e, 'a> {
    pub(super) key: String,
    pub(super) parameters: &'e FormalParameters<'a>,
    pub(super) span: Span,
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
                    let require = Require::Named(names_of(names, &keys));
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

    /// `parcelRegister("id", function (module, exports) { … })`
    pub(super) fn register_module(&mut self, call: &CallExpression<'_>) {
        let is_it = match call.callee.get_inner_expression() {
            Expression::Identifier(name) => name.name == "parcelRegister",
            Expression::StaticMemberExpression(member) => {
                member.property.name == "register" && is_of_parcel(&member.object)
            }
            _ => false,
        };
        let [Argument::StringLiteral(key), function] = call.arguments.as_slice() else { return };
        let module = function.as_expression().and_then(|function| module_of(key.value.to_string(), function));
        if let (true, Some(module)) = (is_it && self.bundle.is_one, module) {
            let exports = self.inner_module(&module.key, module.span.start as usize);
            let object = self.module_object(module.parameters, 0, exports);
            let given = vec![object, self.summary.add(Expr::Symbol(exports))];
            self.bundle.handed.insert(module.span, given);
            self.bundle.registered.insert(module.key, exports);
        }
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
        if !runtimes.is_empty() || !self.bundle.named.is_empty() || !self.bundle.registered.is_empty() {
            for place in 0..self.summary.expressions.len() {
                let module = self.asked_for(place, &runtimes);
                if let (Some(module), Some(expression)) = (module, self.summary.expressions.get_mut(place)) {
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

    /// The module that an expression asks for by its name or number.
    fn asked_for(&self, place: usize, runtimes: &FxHashMap<u32, usize>) -> Option<u32> {
        match self.summary.expressions.get(place)? {
            Expr::Call(callee, arguments) => {
                let (Expr::Symbol(symbol), &[key]) = (self.summary.expression(*callee), arguments.as_slice()) else {
                    return None;
                };
                let Expr::Text(key) = self.summary.expression(key) else { return None };
                match runtimes.get(symbol) {
                    Some(&table) => self.bundle.tables.get(table)?.get(key).copied(),
                    None if self.summary.binding(*symbol)?.name.starts_with("parcelRequire") => {
                        self.bundle.registered.get(key).copied()
                    }
                    None => None,
                }
            }
            Expr::Import { source, name } if name == "*" => self.bundle.named.get(source.strip_prefix(AMD)?).copied(),
            _ => None,
        }
    }

    pub(super) fn behind_brackets(&self, mut id: ExprId) -> ExprId {
        while let Expr::Either(parts) = self.summary.expression(id) {
            let [part] = parts.as_slice() else { return id };
            id = *part;
        }
        id
    }
}

/// What a module calls those that it asks for.
fn names_of(written: &ObjectExpression<'_>, keys: &FxHashMap<String, u32>) -> FxHashMap<String, u32> {
    let known = written.properties.iter().filter_map(|property| {
        let property = property.as_property()?;
        let key = match &property.value {
            Expression::StringLiteral(key) => key.value.to_string(),
            Expression::NumericLiteral(key) => key.value.to_string(),
            _ => return None,
        };
        Some((key_name(&property.key)?, *keys.get(&key)?))
    });
    known.collect()
}

/// `parcelRequire12ab`
fn is_of_parcel(expression: &Expression<'_>) -> bool {
    matches!(expression, Expression::Identifier(name) if name.name.starts_with("parcelRequire"))
}

fn parameter(parameters: &FormalParameters<'_>, place: usize) -> Option<u32> {
    let symbol = parameters.items.get(place)?.pattern.get_binding_identifier()?.symbol_id.get()?;
    Some(index(symbol.index()))
}

pub(super) fn module_of<'e, 'a>(key: String, value: &'e Expression<'a>) -> Option<Module<'e, 'a>> {
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
