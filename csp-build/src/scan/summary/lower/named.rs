//! What `AngularJS` injects by the names of parameters: `function ($http, API) {}`, `["$http", function (h) {}]`, `f.$inject`.
//!
//! A parameter of such a name is what is provided for it, as if its type said so.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::scan::summary::{Expr, ExprId, INJECTOR};

use super::{Lowerer, index};

/// Services of the framework and of its libraries that connect, or make what connects. No other code has parameters of
/// these names.
const CONNECTING: &[&str] = &[
    "$http",
    "$resource",
    "$templateRequest",
    "$websocket",
    "FileUploader",
    "Restangular",
    "RestangularProvider",
    "Upload",
];

/// Others, by which a function shows that it is injected into.
const OTHERS: &[&str] = &[
    "$filter",
    "$interval",
    "$location",
    "$q",
    "$rootScope",
    "$scope",
    "$state",
    "$stateParams",
    "$timeout",
    "$window",
];

/// The most calls in a row such as `angular.module("a").controller(…).constant(…)`.
const MOST_CALLS: usize = 256;

impl Lowerer<'_> {
    /// Gives the parameters of injected functions what is provided for their names.
    pub(super) fn inject_by_name(&mut self) {
        let by_function = self.annotated();
        let is_of_framework = self.is_of_framework();
        let called = self.called();
        for function in 0..self.summary.functions.len() {
            let function = index(function);
            if called.contains(&function) {
                continue;
            }
            let written = self.parameter_names(function);
            let annotated = by_function.get(&function);
            let is_injected = |name: &String| CONNECTING.contains(&name.as_str()) || OTHERS.contains(&name.as_str());
            if annotated.is_none() && !is_of_framework && !written.iter().any(is_injected) {
                continue;
            }
            for (place, name) in annotated.unwrap_or(&written).iter().enumerate() {
                let is_typed = self.summary.function(function).is_none_or(|function| {
                    function.parameters.get(place).is_none_or(|parameter| parameter.annotation.is_some())
                });
                if is_typed && !CONNECTING.contains(&name.as_str()) {
                    continue;
                }
                let injected = self.injected_by_name(name);
                if let Some(parameter) =
                    self.function_mut(function).and_then(|function| function.parameters.get_mut(place))
                {
                    parameter.annotation = Some(injected);
                }
            }
        }
        self.provide_by_name(&by_function, is_of_framework);
    }

    /// `.constant("API", "https://…")`, `.factory("api", function ($http) {})`
    fn provide_by_name(&mut self, by_function: &FxHashMap<u32, Vec<String>>, is_of_framework: bool) {
        for call in 0..self.summary.expressions.len() {
            let Expr::Call(callee, arguments) = self.summary.expression(index(call)) else { continue };
            let (Expr::Member(module, method), &[name, given]) =
                (self.summary.expression(*callee), arguments.as_slice())
            else {
                continue;
            };
            let Expr::Text(name) = self.summary.expression(name).clone() else { continue };
            let (module, method) = (*module, method.clone());
            if !is_of_framework && !self.is_module(module) {
                continue;
            }
            let value = match method.as_str() {
                "constant" | "value" => given,
                "factory" | "service" => self.made(given, &method, by_function),
                _ => continue,
            };
            let target = self.injected_by_name(&name);
            self.summary.assignments.push((target, value));
        }
    }

    /// What a factory gives, or an object of a service.
    fn made(&mut self, mut given: ExprId, method: &str, by_function: &FxHashMap<u32, Vec<String>>) -> ExprId {
        if let Expr::Array(parts) = self.summary.expression(given) {
            given = parts.last().copied().unwrap_or(given);
        }
        let Some(function) = self.injected_function(given) else {
            // Of a class, nobody hands anything in that its parameters don't say.
            let inject = self.injector();
            return self.summary.add(Expr::Call(inject, vec![given]));
        };
        let names = by_function.get(&function).cloned().unwrap_or_else(|| self.parameter_names(function));
        let arguments = names.iter().map(|name| self.injected_by_name(name)).collect();
        let made = if method == "service" { Expr::New(given, arguments) } else { Expr::Call(given, arguments) };
        self.summary.add(made)
    }

    /// The names that an array before a function, or its `$inject`, has for its parameters.
    fn annotated(&self) -> FxHashMap<u32, Vec<String>> {
        let mut by_function = FxHashMap::default();
        for expression in &self.summary.expressions {
            let Expr::Array(parts) = expression else { continue };
            let Some((last, names)) = parts.split_last().filter(|(_, names)| !names.is_empty()) else { continue };
            if let (Some(function), Some(names)) = (self.injected_function(*last), self.texts(names)) {
                by_function.insert(function, names);
            }
        }
        for binding in &self.summary.bindings {
            let given = binding.members.iter().filter(|(member, _)| member == "$inject");
            for names in given.filter_map(|(_, names)| self.list(*names)) {
                for function in binding.values.iter().filter_map(|&value| self.injected_function(value)) {
                    by_function.insert(function, names.clone());
                }
            }
        }
        for class in &self.summary.classes {
            let given = class.statics.iter().filter(|(member, _)| member == "$inject");
            for names in given.filter_map(|(_, names)| self.list(*names)) {
                by_function.extend(class.constructor.map(|constructor| (constructor, names)));
            }
        }
        by_function
    }

    /// An array of texts, or what a getter returns.
    fn list(&self, names: ExprId) -> Option<Vec<String>> {
        match self.summary.expression(names) {
            Expr::Array(names) => self.texts(names),
            Expr::Call(getter, _) => {
                let Expr::Function(getter) = self.summary.expression(*getter) else { return None };
                let &[names] = self.summary.function(*getter)?.returns.as_slice() else { return None };
                let Expr::Array(names) = self.summary.expression(names) else { return None };
                self.texts(names)
            }
            _ => None,
        }
    }

    fn texts(&self, names: &[ExprId]) -> Option<Vec<String>> {
        let text = |&name: &ExprId| match self.summary.expression(name) {
            Expr::Text(name) => Some(name.clone()),
            _ => None,
        };
        names.iter().map(text).collect()
    }

    /// The function, or the constructor of the class, that an expression of this file is.
    fn injected_function(&self, value: ExprId) -> Option<u32> {
        match self.summary.expression(value) {
            Expr::Function(function) => Some(*function),
            Expr::Class(class) => self.summary.class(*class)?.constructor,
            Expr::Symbol(symbol) => {
                let &[value] = self.summary.binding(*symbol)?.values.as_slice() else { return None };
                match self.summary.expression(value) {
                    Expr::Function(function) => Some(*function),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The functions that this file calls itself: what they are given, who calls says.
    fn called(&self) -> FxHashSet<u32> {
        let callee = |expression: &Expr| match expression {
            Expr::Call(callee, _) => self.injected_function(*callee),
            _ => None,
        };
        self.summary.expressions.iter().filter_map(callee).collect()
    }

    fn parameter_names(&self, function: u32) -> Vec<String> {
        let function = self.summary.function(function);
        function.iter().flat_map(|function| &function.parameters).map(|parameter| parameter.name.clone()).collect()
    }

    fn is_of_framework(&self) -> bool {
        self.summary.expressions.iter().any(|expression| match expression {
            Expr::Global(name) => name == "angular",
            Expr::Import { source, .. } => source == "angular",
            _ => false,
        })
    }

    /// Whether a row of calls begins with `angular.module(…)`, or with a global that has the functions of one.
    fn is_module(&self, mut object: ExprId) -> bool {
        for _ in 0..MOST_CALLS {
            object = match self.summary.expression(object) {
                Expr::Call(callee, _) => *callee,
                Expr::Member(object, _) => *object,
                Expr::Global(name) => return matches!(name.as_str(), "angular" | "app" | "myApp"),
                _ => return false,
            };
        }
        false
    }

    fn injector(&mut self) -> ExprId {
        self.summary.add(Expr::Import { source: INJECTOR.to_owned(), name: "inject".to_owned() })
    }

    /// What is provided for a name, or the framework's own of that name.
    fn injected_by_name(&mut self, name: &str) -> ExprId {
        let inject = self.injector();
        let mut arguments = vec![self.summary.add(Expr::Text(name.to_owned()))];
        if CONNECTING.contains(&name) {
            arguments.push(self.summary.add(Expr::Global(name.to_owned())));
        }
        self.summary.add(Expr::Call(inject, arguments))
    }
}
