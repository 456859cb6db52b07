//! What components are given by the elements that stand for them: an element is a call of its component, and the properties
//! are the argument.

use std::collections::{BTreeSet, HashMap};

use oxc_ast::ast::{Decorator, Expression, ExpressionStatement, VariableDeclaration, VariableDeclarationKind};
use oxc_span::GetSpan as _;

use crate::scan::code::Piece;
use crate::scan::elements::{Element, Part, Template, VARIABLES, global_name, pascal_case};
use crate::scan::summary::{CallSite, Expr, ExprId, Function, PROPERTIES, Parameter, Property};

use super::{Lowerer, index};

/// Decorators of fields that get their values from the element.
const INPUTS: &[&str] = &["Input", "Prop", "property"];

/// The component that a file is.
#[derive(Default)]
pub(super) struct Component {
    /// The function that its elements call.
    pub(super) function: Option<u32>,
    /// Names at its top that are declared to be given are properties, as in Svelte.
    pub(super) declares: bool,
    /// Where code of its elements' attributes starts.
    wanted: BTreeSet<usize>,
    given: HashMap<usize, ExprId>,
}

impl Lowerer<'_> {
    /// Says whose component the file is, and which elements its template has.
    pub(in crate::scan::summary) fn with_elements(mut self, elements: &[Element], of: Option<Template>) -> Self {
        let text = self.text;
        let wanted = elements.iter().flat_map(Element::pieces).map(|piece| start_of(text, piece)).collect();
        let function = of.map(|_| self.component_function());
        let declares = of == Some(Template::Svelte);
        self.properties = Component { function, declares, wanted, given: HashMap::new() };
        self
    }

    fn component_function(&mut self) -> u32 {
        let parameter = Parameter { name: PROPERTIES.to_owned(), annotation: None };
        self.summary.functions.push(Function { parameters: vec![parameter], ..Function::default() });
        index(self.summary.functions.len() - 1)
    }

    /// All properties that the component is given.
    pub(super) fn all_properties(&mut self) -> Option<ExprId> {
        let function = self.properties.function?;
        Some(self.summary.add(Expr::Parameter { function, index: 0 }))
    }

    /// One of them, with what it is by default.
    pub(super) fn property(&mut self, all: ExprId, name: &str, default: Option<ExprId>) -> ExprId {
        let value = self.summary.add(Expr::Member(all, name.to_owned()));
        // What begins as an empty text is there to be given.
        let default = default.filter(|&default| *self.summary.expression(default) != Expr::Text(String::new()));
        match default {
            Some(default) => self.summary.add(Expr::Coalesce(value, default)),
            None => value,
        }
    }

    /// `defineProps(…)`, `withDefaults(…)`, `$props()`
    pub(super) fn macro_of_component(&mut self, name: &str, arguments: &[ExprId]) -> Option<Expr> {
        match (name, arguments) {
            ("$props", []) => Some(Expr::Either(vec![self.all_properties()?])),
            ("defineProps", options) => {
                let all = self.all_properties()?;
                let options = options.first().map(|&options| self.summary.expression(options).clone());
                let Some(Expr::Object(described)) = options else { return Some(Expr::Either(vec![all])) };
                let mut defaults = Vec::new();
                for property in described {
                    if let Property::Named(name, description) = property
                        && let Some(default) = self.default_of(description)
                    {
                        defaults.push((name, default));
                    }
                }
                Some(self.with_defaults(all, defaults))
            }
            ("withDefaults", &[all, defaults]) => {
                let Expr::Object(defaults) = self.summary.expression(defaults).clone() else {
                    return Some(Expr::Either(vec![all]));
                };
                let named = defaults.into_iter().filter_map(|default| match default {
                    Property::Named(name, value) => Some((name, value)),
                    Property::Spread(_) | Property::Computed(_) => None,
                });
                Some(self.with_defaults(all, named.collect()))
            }
            _ => None,
        }
    }

    fn with_defaults(&mut self, all: ExprId, defaults: Vec<(String, ExprId)>) -> Expr {
        let mut properties = vec![Property::Spread(all)];
        for (name, default) in defaults {
            let value = self.property(all, &name, Some(default));
            properties.push(Property::Named(name, value));
        }
        Expr::Object(properties)
    }

    /// `{ type: String, default: … }`
    pub(super) fn default_of(&self, description: ExprId) -> Option<ExprId> {
        let Expr::Object(description) = self.summary.expression(description) else { return None };
        description.iter().find_map(|property| match property {
            Property::Named(name, value) if name == "default" => Some(*value),
            _ => None,
        })
    }

    /// `export let url` of Svelte.
    pub(super) fn declared_properties(&mut self, declaration: &VariableDeclaration<'_>) {
        if !self.properties.declares || declaration.kind != VariableDeclarationKind::Let {
            return;
        }
        for declarator in &declaration.declarations {
            let Some(identifier) = declarator.id.get_binding_identifier() else { continue };
            let Some(all) = self.all_properties() else { return };
            let default = declarator.init.as_ref().map(|init| self.lower(init));
            let value = self.property(all, &identifier.name, default);
            if let Some(binding) = self.binding_mut(identifier) {
                // What it begins with is its default.
                binding.values = vec![value];
            }
        }
    }

    /// What a field of a class begins with, where elements may give it another value.
    pub(super) fn input(
        &mut self,
        decorators: &[Decorator<'_>],
        name: &str,
        init: Option<&Expression<'_>>,
    ) -> Option<ExprId> {
        let is_decorated = decorators.iter().any(|decorator| {
            let called = match &decorator.expression {
                Expression::CallExpression(call) => call.callee_name(),
                Expression::Identifier(name) => Some(name.name.as_str()),
                _ => None,
            };
            called.is_some_and(|name| INPUTS.contains(&name))
        });
        // `url = input('')`, `url = input.required()`
        let signal = match init {
            Some(Expression::CallExpression(call)) => match &call.callee {
                Expression::Identifier(name) => name.name == "input" || name.name == "model",
                callee => callee.get_member_expr().is_some_and(|member| {
                    (member.object().is_specific_id("input") || member.object().is_specific_id("model"))
                        && member.static_property_name().is_some_and(|name| name == "required")
                }),
            }
            .then_some(call),
            _ => None,
        };
        if !is_decorated && signal.is_none() {
            return None;
        }
        let default = match signal {
            Some(call) => call.arguments.first().and_then(|argument| argument.as_expression()),
            None => init,
        };
        let default = default.map(|default| self.lower(default));
        let function = match self.properties.function.or(self.inputs_of) {
            Some(function) => function,
            None => self.component_function(),
        };
        self.inputs_of = Some(function);
        let all = self.summary.add(Expr::Parameter { function, index: 0 });
        Some(if is_decorated { self.lit_property(all, name, default) } else { self.property(all, name, default) })
    }

    /// Says by which elements a class of Angular's is given its inputs.
    pub(super) fn selected_by(&mut self, selectors: &str) {
        let Some(function) = self.inputs_of else { return };
        for selector in selectors.split(',').map(str::trim) {
            if selector.chars().all(|next| next.is_ascii_alphanumeric() || next == '-') {
                let component = self.summary.add(Expr::Function(function));
                let target = self.summary.add(Expr::Global(global_name(selector)));
                self.summary.assignments.push((target, component));
            }
        }
    }

    /// `app.component("iz-upload", Upload)`
    pub(super) fn registered(&mut self, call: ExprId) {
        let Expr::Call(callee, arguments) = self.summary.expression(call) else { return };
        let (Expr::Member(_, method), &[name, component]) = (self.summary.expression(*callee), arguments.as_slice())
        else {
            return;
        };
        if method == "define" {
            let Expr::Member(object, _) = *self.summary.expression(*callee) else { return };
            return self.defined_element(object, name, component);
        }
        if method == "component"
            && let Expr::Text(name) = self.summary.expression(name)
        {
            let name = global_name(name);
            let target = self.summary.add(Expr::Global(name));
            self.summary.assignments.push((target, component));
        }
    }

    /// Notes code that is what an element gives.
    pub(super) fn given_code(&mut self, statement: &ExpressionStatement<'_>) {
        let expression = match &statement.expression {
            Expression::ParenthesizedExpression(inner) => &inner.expression,
            expression => expression,
        };
        let start = expression.span().start as usize;
        if self.properties.wanted.contains(&start) {
            let id = self.lower(expression);
            self.properties.given.insert(start, id);
        }
    }

    /// Adds the calls that elements are, and what stands for the component in other files.
    pub(in crate::scan::summary) fn call_components(&mut self, elements: &[Element]) {
        let text = self.text;
        for element in elements {
            let given = std::mem::take(&mut self.properties.given);
            let properties = self.given_properties(element, |_, piece| given.get(&start_of(text, piece)).copied());
            self.properties.given = given;
            if element.name == "script" {
                self.give_variables(properties);
                continue;
            }
            let callee = self.component_named(&element.name);
            self.connecting_element(&element.name, Some(callee), &properties, element.at);
            if self.properties.function.is_some() {
                self.call_component(callee, properties, element.at);
            }
        }
        let Some(function) = self.properties.function else { return };
        // Names in its template are members of it, whatever it is to other files.
        self.component = self.component.or_else(|| self.exported_class());
        let component = self.summary.add(Expr::Function(function));
        self.summary.exports.insert("default".to_owned(), component);
    }

    /// Exports the variables that a script is given, for those who read the script.
    fn give_variables(&mut self, properties: Vec<Property>) {
        for property in properties {
            if let Property::Named(name, value) = property
                && name == VARIABLES
            {
                let name = format!("{VARIABLES}{}", self.summary.exports.len());
                self.summary.exports.insert(name, value);
            }
        }
    }

    fn call_component(&mut self, callee: ExprId, properties: Vec<Property>, at: usize) {
        let properties = self.summary.add(Expr::Object(properties));
        let call = self.summary.add(Expr::Call(callee, vec![properties]));
        self.summary.calls.push(CallSite::new(call, at));
    }

    fn given_properties(
        &mut self,
        element: &Element,
        code: impl Fn(&mut Self, &Piece) -> Option<ExprId>,
    ) -> Vec<Property> {
        let mut properties = Vec::new();
        for attribute in &element.attributes {
            let mut parts = Vec::new();
            for part in &attribute.value {
                let part = match part {
                    Part::Text(text) => Some(self.summary.add(Expr::Text(text.clone()))),
                    Part::Code(piece) => code(self, piece),
                };
                parts.push(part.unwrap_or_else(|| self.summary.add(Expr::Opaque)));
            }
            let value = match parts.as_slice() {
                &[value] => value,
                _ => self.summary.add(Expr::Concat(parts)),
            };
            properties.push(match &attribute.name {
                Some(name) => Property::Named(name.clone(), value),
                None => Property::Spread(value),
            });
        }
        properties
    }

    /// The component that a name of a template means: one of its script, or one that is known everywhere.
    fn component_named(&mut self, name: &str) -> ExprId {
        let pascal = pascal_case(name);
        let (object, member) = name.split_once('.').map_or((name, None), |(object, member)| (object, Some(member)));
        let symbol = [pascal.as_str(), object]
            .into_iter()
            .find_map(|name| self.scoping.get_root_binding(name.into()))
            .map(|symbol| Expr::Symbol(index(symbol.index())));
        let component = symbol.unwrap_or_else(|| Expr::Global(global_name(name)));
        let component = self.summary.add(component);
        match member {
            Some(member) => self.summary.add(Expr::Member(component, member.to_owned())),
            None => component,
        }
    }

    /// An element of a template that is a text with values in it.
    pub(super) fn lit_element(&mut self, element: &Element, at: usize, given: impl Fn(usize) -> Option<ExprId>) {
        let properties = self.given_properties(element, |_, piece| given(piece.range.start));
        let callee = self.summary.add(Expr::Global(global_name(&element.name)));
        self.connecting_element(&element.name, None, &properties, at);
        self.call_component(callee, properties, at);
    }

    /// The elements of a template of Angular's, whose code sees the members of its component.
    pub(super) fn template_elements(&mut self, text: &str, at: usize, elements: &[Element], receiver: ExprId) {
        for element in elements {
            let properties = self.given_properties(element, |lowerer, piece| {
                lowerer.template_value(text.get(piece.range.clone())?, receiver)
            });
            let callee = self.summary.add(Expr::Global(global_name(&element.name)));
            self.connecting_element(&element.name, None, &properties, at + element.at);
            self.call_component(callee, properties, at + element.at);
        }
    }
}

/// Where the code of a piece begins in the text.
fn start_of(text: &str, piece: &Piece) -> usize {
    let code = text.get(piece.range.clone()).unwrap_or_default();
    piece.range.start + code.len() - code.trim_start().len()
}
