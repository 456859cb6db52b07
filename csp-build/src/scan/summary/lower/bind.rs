//! Names and members, and what is assigned to them.

use oxc_ast::ast::{
    AssignmentOperator, AssignmentTarget, BindingPattern, Expression, FormalParameters, TSType, TSTypeAnnotation,
    TSTypeName,
};
use oxc_span::{GetSpan as _, Span};

use crate::scan::summary::{Expr, ExprId, Parameter};

use super::{Lowerer, key_name, symbol_of};

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
    ) {
        for (place, parameter) in parameters.items.iter().enumerate() {
            let mut value = self.summary.add(Expr::Parameter { function, index: place });
            if let Some(initializer) = &parameter.initializer {
                let fallback = self.lower(initializer);
                value = self.summary.add(Expr::Coalesce(value, fallback));
            }
            self.bind(&parameter.pattern, value);
            let annotation = parameter.type_annotation.as_deref().and_then(|annotation| self.annotation(annotation));
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
            let unknown = self.summary.add(Expr::Opaque);
            self.bind(&rest.rest.argument, unknown);
        }
    }

    /// A type that is a name, as the expression of that name.
    pub(super) fn annotation(&mut self, annotation: &TSTypeAnnotation<'_>) -> Option<ExprId> {
        let TSType::TSTypeReference(reference) = &annotation.type_annotation else { return None };
        let TSTypeName::IdentifierReference(name) = &reference.type_name else { return None };
        let lowered = self.reference(name);
        Some(self.summary.add(lowered))
    }

    pub(super) fn source(&self, span: Span) -> String {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default().chars().take(40).collect()
    }

    pub(super) fn export(&mut self, name: &str, value: ExprId) {
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

    /// Assigns to a name, to a member of `this`, or to a member of anything.
    pub(super) fn assign(
        &mut self,
        target: &AssignmentTarget<'_>,
        operator: AssignmentOperator,
        right: &Expression<'_>,
    ) {
        let value = self.lower(right);
        if let AssignmentTarget::AssignmentTargetIdentifier(identifier) = target {
            let Expr::Symbol(symbol) = self.reference(identifier) else {
                let global = self.summary.add(Expr::Global(identifier.name.to_string()));
                self.summary.assignments.push((global, value));
                return;
            };
            let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
            match (binding, operator) {
                (Some(binding), AssignmentOperator::Addition) => binding.appended = true,
                (Some(binding), _) => binding.values.push(value),
                (None, _) => {}
            }
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
                None => return,
            },
            _ => return,
        };
        match self.summary.expression(object).clone() {
            Expr::This(class) => {
                if let Some(class) = self.class_mut(class) {
                    class.members.push((name, value));
                }
            }
            Expr::Global(global) if global == "exports" => self.export(&name, value),
            Expr::Global(global) if global == "module" && name == "exports" => self.summary.whole = Some(value),
            Expr::Member(module, exports)
                if exports == "exports" && *self.summary.expression(module) == Expr::Global("module".to_owned()) =>
            {
                self.export(&name, value);
            }
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
