//! Names and members, and what is assigned to them.

use oxc_ast::ast::{
    AssignmentOperator, AssignmentTarget, AssignmentTargetProperty, BindingPattern, Expression, FormalParameters,
    IdentifierReference, TSType, TSTypeAnnotation, TSTypeName,
};
use oxc_span::{GetSpan as _, Span};

use crate::scan::summary::{COPIED, Expr, ExprId, KEYED, PUSHED, Parameter, Property};

use super::commonjs::{Target, own_exports};
use super::{Lowerer, SPREAD, This, key_name, symbol_of};

impl Lowerer<'_> {
    /// Gives the names of a pattern their values.
    pub(super) fn bind(&mut self, pattern: &BindingPattern<'_>, value: ExprId) {
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => {
                if let Some(binding) = self.binding_mut(identifier) {
                    binding.values.push(value);
                }
            }
            BindingPattern::ObjectPattern(object) => {
                for property in &object.properties {
                    let member = match key_name(&property.key) {
                        Some(name) => Expr::Member(value, name),
                        None => Expr::Opaque,
                    };
                    let member = self.summary.add(member);
                    self.bind(&property.value, member);
                }
                if let Some(rest) = &object.rest {
                    self.bind(&rest.argument, value);
                }
            }
            BindingPattern::ArrayPattern(array) => {
                for (place, element) in array.elements.iter().enumerate() {
                    if let Some(element) = element {
                        let member = self.summary.add(Expr::Member(value, place.to_string()));
                        self.bind(element, member);
                    }
                }
                if let Some(rest) = &array.rest {
                    let unknown = self.summary.add(Expr::Opaque);
                    self.bind(&rest.argument, unknown);
                }
            }
            BindingPattern::AssignmentPattern(default) => {
                let fallback = self.lower(&default.right);
                let either = self.summary.add(Expr::Coalesce(value, fallback));
                self.bind(&default.left, either);
            }
        }
    }

    pub(super) fn parameters(
        &mut self,
        function: u32,
        parameters: &FormalParameters<'_>,
        is_constructor_of: Option<u32>,
        given: Option<&[ExprId]>,
    ) {
        for (place, parameter) in parameters.items.iter().enumerate() {
            let mut value = match given.and_then(|given| given.get(place)) {
                Some(&given) => given,
                None => self.summary.add(Expr::Parameter { function, index: place }),
            };
            if let Some(initializer) = &parameter.initializer {
                let fallback = self.lower(initializer);
                value = self.summary.add(Expr::Coalesce(value, fallback));
            }
            self.bind(&parameter.pattern, value);
            let annotation = parameter.type_annotation.as_deref().and_then(|annotation| self.annotation(annotation));
            let annotation = self.injected(&parameter.decorators, annotation).or(annotation);
            let name = match &parameter.pattern {
                BindingPattern::BindingIdentifier(identifier) => identifier.name.to_string(),
                other => self.source(other.span()),
            };
            if let (Some(class), true) = (is_constructor_of, parameter.accessibility.is_some() || parameter.readonly)
                && let Some(class) = self.class_mut(class)
            {
                class.members.push((name.clone(), value));
            }
            if let Some(function) = self.function_mut(function) {
                function.parameters.push(Parameter { name, annotation });
            }
        }
        if let Some(rest) = &parameters.rest {
            let first = parameters.items.len();
            let all = (first..first + SPREAD).map(|index| self.summary.add(Expr::Parameter { function, index }));
            let all = all.collect();
            let all = self.summary.add(Expr::Array(all));
            self.bind(&rest.rest.argument, all);
        }
    }

    /// An object that gets more members after it was written is one with all of them, wherever it is handed to.
    pub(super) fn complete(&mut self, binding: usize) {
        let Some(entry) = self.summary.bindings.get(binding) else { return };
        if entry.members.iter().all(|(name, _)| name == PUSHED) {
            return;
        }
        let is_object = |&value: &ExprId| match self.summary.expression(value) {
            Expr::Object(_) => true,
            Expr::Coalesce(_, default) => matches!(self.summary.expression(*default), Expr::Object(_)),
            _ => false,
        };
        if entry.values.is_empty() || !entry.values.iter().all(is_object) {
            return;
        }
        let (values, members) = (entry.values.clone(), entry.members.clone());
        let is_named = |name: &&String| ![PUSHED, KEYED, COPIED].contains(&name.as_str());
        let mut names: Vec<_> = members.iter().map(|(name, _)| name).filter(is_named).collect();
        names.sort();
        names.dedup();
        let objects = values.into_iter().map(|value| {
            let given = names.iter().map(|&name| {
                let mut all: Vec<_> =
                    members.iter().filter(|(other, _)| other == name).map(|(_, value)| *value).collect();
                // What is only declared gets its value later.
                if !all.iter().all(|&value| self.is_undefined(value)) {
                    all.retain(|&value| !self.is_undefined(value));
                }
                if self.may_have(value, name) {
                    all.push(self.summary.add(Expr::Member(value, name.clone())));
                }
                Property::Named(name.clone(), self.summary.add(Expr::Either(all)))
            });
            let given: Vec<_> = given.collect();
            let keyed = members.iter().filter(|(name, _)| name == KEYED).map(|(_, value)| Property::Computed(*value));
            let copied = members.iter().filter(|(name, _)| name == COPIED).map(|(_, value)| Property::Spread(*value));
            let object = [Property::Spread(value)].into_iter().chain(copied).chain(given).chain(keyed).collect();
            self.summary.add(Expr::Object(object))
        });
        let objects: Vec<_> = objects.collect();
        if let Some(entry) = self.summary.bindings.get_mut(binding) {
            entry.values = objects;
            entry.members.retain(|(name, _)| name == PUSHED);
        }
    }

    fn may_have(&self, object: ExprId, name: &str) -> bool {
        let Expr::Object(properties) = self.summary.expression(object) else { return true };
        properties.iter().any(|property| match property {
            Property::Named(own, _) => own == name,
            Property::Spread(_) | Property::Computed(_) => true,
        })
    }

    /// A type that is a name, as the expression of that name.
    pub(super) fn annotation(&mut self, annotation: &TSTypeAnnotation<'_>) -> Option<ExprId> {
        let TSType::TSTypeReference(reference) = &annotation.type_annotation else { return None };
        let TSTypeName::IdentifierReference(name) = &reference.type_name else { return None };
        let lowered = self.reference(name);
        Some(self.summary.add(lowered))
    }

    pub(super) fn source(&self, span: Span) -> String {
        self.written(span).chars().take(40).collect()
    }

    pub(super) fn export(&mut self, name: &str, value: ExprId) {
        if let Some(namespace) = self.namespaces.last_mut() {
            namespace.push(Property::Named(name.to_owned(), value));
            return;
        }
        self.summary.exports.entry(name.to_owned()).or_insert(value);
    }

    pub(super) fn export_names(&mut self, pattern: &BindingPattern<'_>) {
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => {
                let symbol = symbol_of(identifier);
                let value = self.summary.add(symbol);
                self.export(&identifier.name, value);
            }
            BindingPattern::ObjectPattern(object) => {
                object.properties.iter().for_each(|property| self.export_names(&property.value));
            }
            BindingPattern::ArrayPattern(array) => {
                array.elements.iter().flatten().for_each(|element| self.export_names(element));
            }
            BindingPattern::AssignmentPattern(default) => self.export_names(&default.left),
        }
    }

    /// Gives the names of a pattern on the left of `=` their values.
    fn assign_pattern(&mut self, target: &AssignmentTarget<'_>, value: ExprId) {
        match target {
            AssignmentTarget::AssignmentTargetIdentifier(identifier) => {
                if let Expr::Symbol(symbol) = self.reference(identifier)
                    && let Some(binding) =
                        usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol))
                {
                    binding.values.push(value);
                }
            }
            AssignmentTarget::ObjectAssignmentTarget(object) => {
                for property in &object.properties {
                    match property {
                        AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(property) => {
                            let member = Expr::Member(value, property.binding.name.to_string());
                            let member = self.summary.add(member);
                            if let Expr::Symbol(symbol) = self.reference(&property.binding)
                                && let Some(binding) = usize::try_from(symbol)
                                    .ok()
                                    .and_then(|symbol| self.summary.bindings.get_mut(symbol))
                            {
                                binding.values.push(member);
                            }
                        }
                        AssignmentTargetProperty::AssignmentTargetPropertyProperty(property) => {
                            let member = match key_name(&property.name) {
                                Some(name) => Expr::Member(value, name),
                                None => Expr::Opaque,
                            };
                            let member = self.summary.add(member);
                            if let Some(target) = property.binding.as_assignment_target() {
                                self.assign_pattern(target, member);
                            }
                        }
                    }
                }
            }
            AssignmentTarget::ArrayAssignmentTarget(array) => {
                for (place, element) in array.elements.iter().enumerate() {
                    if let Some(target) = element.as_ref().and_then(|element| element.as_assignment_target()) {
                        let member = self.summary.add(Expr::Member(value, place.to_string()));
                        self.assign_pattern(target, member);
                    }
                }
            }
            _ => {}
        }
    }

    /// `for (const step of steps) options = await step(options)`: functions of a list, each of which is given what the one
    /// before made of it, add to options and give them back.
    fn is_handed_round(&self, symbol: u32, mut value: ExprId) -> bool {
        while let Expr::Either(parts) = self.summary.expression(value) {
            let [part] = parts.as_slice() else { return false };
            value = *part;
        }
        let Expr::Call(callee, arguments) = self.summary.expression(value) else { return false };
        let Expr::Symbol(function) = self.summary.expression(*callee) else { return false };
        let is_element = |&value: &ExprId| matches!(self.summary.expression(value), Expr::Element(..));
        let is_of_list = self
            .summary
            .binding(*function)
            .is_some_and(|binding| !binding.values.is_empty() && binding.values.iter().all(is_element));
        is_of_list && arguments.iter().any(|&argument| *self.summary.expression(argument) == Expr::Symbol(symbol))
    }

    /// `function load() { load = …; return load.apply(this, arguments); }`: nobody else sees the first one.
    fn replace_itself(&mut self, symbol: u32) {
        let Some(&function) = self.plain.last() else { return };
        let is_it = self.summary.binding(symbol).is_some_and(|binding| match binding.values.as_slice() {
            [value] => *self.summary.expression(*value) == Expr::Function(function),
            _ => false,
        });
        let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
        if let Some(binding) = binding.filter(|_| is_it) {
            binding.values.clear();
            self.replaced.insert(symbol, function);
        }
    }

    fn assign_name(
        &mut self,
        identifier: &IdentifierReference<'_>,
        operator: AssignmentOperator,
        right: &Expression<'_>,
        value: ExprId,
    ) {
        let value = self.guarded(value);
        let Expr::Symbol(symbol) = self.reference(identifier) else {
            let global = self.summary.add(Expr::Global(identifier.name.to_string()));
            self.summary.assignments.push((global, value));
            return;
        };
        if self.is_handed_round(symbol, value) {
            return;
        }
        if matches!(right, Expression::FunctionExpression(_)) {
            self.next_this = self.this_of_private_method(symbol);
        }
        self.replace_itself(symbol);
        let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
        match (binding, operator) {
            (Some(binding), AssignmentOperator::Addition) => binding.appended.push(value),
            (Some(binding), _) => {
                binding.values.push(value);
                self.overwrite(symbol, right, value);
            }
            (None, _) => {}
        }
    }

    /// Assigns to a name, to a member of `this`, or to a member of anything.
    pub(super) fn assign(
        &mut self,
        target: &AssignmentTarget<'_>,
        operator: AssignmentOperator,
        right: &Expression<'_>,
    ) {
        let value = self.lower(right);
        if let AssignmentTarget::AssignmentTargetIdentifier(identifier) = target {
            self.assign_name(identifier, operator, right, value);
            return;
        }
        let (object, name) = match target {
            AssignmentTarget::StaticMemberExpression(member) => {
                (self.lower(&member.object), member.property.name.to_string())
            }
            AssignmentTarget::PrivateFieldExpression(member) => {
                (self.lower(&member.object), format!("#{}", member.field.name))
            }
            AssignmentTarget::ComputedMemberExpression(member) => match member.static_property_name() {
                Some(name) => (self.lower(&member.object), name.to_string()),
                None => {
                    self.assign_element(member, right);
                    return;
                }
            },
            pattern => {
                self.assign_pattern(pattern, value);
                return;
            }
        };
        // Classes as they were before there was a word for them.
        if let Some(function) = self.of_prototype(object) {
            let class = self.class_of_function(function);
            if let Some(entry) = self.class_mut(class) {
                entry.members.push((name, value));
            }
            self.next_this = matches!(right, Expression::FunctionExpression(_)).then_some(This::Class(class));
            return;
        }
        if name == "prototype" && self.assign_prototype(object, value) {
            return;
        }
        if name == "exports"
            && let Some(exports) = self.exports_of_module(object)
        {
            self.assign_exports(exports, value);
            return;
        }
        let object = self.alias(object);
        self.assigned_tokens(object, &name, value);
        let value = match operator {
            AssignmentOperator::Addition => {
                let before = self.summary.add(Expr::Member(object, name.clone()));
                self.summary.add(Expr::Concat(vec![before, value]))
            }
            _ => value,
        };
        if *self.summary.expression(object) == Expr::Global("this".to_owned()) && self.assign_this(&name, value) {
            return;
        }
        match self.summary.expression(object).clone() {
            Expr::This(class) => {
                if let Some(class) = self.class_mut(class) {
                    class.members.push((name, value));
                }
            }
            Expr::Global(global) if global == "module" && name == "exports" => self.summary.whole = Some(value),
            exports if exports == own_exports() => self.define(Target::File, &name, value),
            Expr::Symbol(symbol) => {
                let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
                if let Some(binding) = binding {
                    binding.members.push((name.clone(), value));
                }
                let target = self.summary.add(Expr::Member(object, name));
                self.summary.assignments.push((target, value));
            }
            _ => {
                let target = self.summary.add(Expr::Member(object, name));
                self.summary.assignments.push((target, value));
            }
        }
    }
}
