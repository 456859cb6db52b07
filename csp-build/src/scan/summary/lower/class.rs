//! Classes and enums.

use oxc_ast::ast::{Class, ClassElement, MethodDefinitionKind, TSEnumDeclaration};
use oxc_ast_visit::Visit as _;

use crate::scan::summary::{Expr, Property};

use super::{Lowerer, This, key_name};

impl Lowerer<'_> {
    pub(super) fn class_declaration(&mut self, class: &Class<'_>) {
        let id = self.class_id(class.span);
        if let Some(name) = &class.id {
            let value = self.summary.add(Expr::Class(id));
            if let Some(binding) = self.binding_mut(name) {
                binding.values.push(value);
            }
        }
        let parent = class.heritage.as_ref().map(|heritage| self.lower(&heritage.expression));
        if let Some(entry) = self.class_mut(id) {
            entry.parent = parent;
        }
        // What a module of Angular's provides stands in its decorator.
        class.decorators.iter().for_each(|decorator| self.visit_decorator(decorator));
        self.this.push(This::Class(id));
        let inputs = self.inputs_of.take();
        for element in &class.body.body {
            match element {
                ClassElement::MethodDefinition(method) => {
                    let function = self.function_id(method.value.span);
                    let name = key_name(&method.key);
                    let mut value = self.summary.add(Expr::Function(function));
                    if method.kind == MethodDefinitionKind::Get {
                        value = self.summary.add(Expr::Call(value, Vec::new()));
                    }
                    if let Some(entry) = self.class_mut(id) {
                        match (method.kind, name) {
                            (MethodDefinitionKind::Constructor, _) => entry.constructor = Some(function),
                            (MethodDefinitionKind::Method | MethodDefinitionKind::Get, Some(name)) => {
                                let members = if method.r#static { &mut entry.statics } else { &mut entry.members };
                                members.push((name, value));
                            }
                            _ => {}
                        }
                    }
                    self.next_this = Some(This::Class(id));
                    self.visit_method_definition(method);
                    self.next_this = None;
                }
                ClassElement::PropertyDefinition(property) => {
                    let name = key_name(&property.key);
                    let input =
                        name.as_ref().and_then(|name| self.input(&property.decorators, name, property.value.as_ref()));
                    let value = match (input, &property.value) {
                        (Some(input), _) => Some(input),
                        (None, Some(value)) => Some(self.lower(value)),
                        (None, None) => None,
                    };
                    if let (true, Some(name), Some(value)) = (property.r#static, &name, value) {
                        self.static_tokens(id, name, value);
                    }
                    if let (Some(name), Some(value)) = (name, value)
                        && let Some(entry) = self.class_mut(id)
                    {
                        let members = if property.r#static { &mut entry.statics } else { &mut entry.members };
                        members.push((name, value));
                    }
                    self.visit_property_definition(property);
                }
                other => self.visit_class_element(other),
            }
        }
        self.this.pop();
        self.component_template(class, id);
        self.custom_element(class);
        if let Some(function) = self.inputs_of {
            self.inputs.insert(id, function);
        }
        self.extended(class, id);
        self.inputs_of = inputs;
    }

    pub(super) fn enum_declaration(&mut self, declaration: &TSEnumDeclaration<'_>) {
        let mut properties = Vec::new();
        for member in &declaration.body.members {
            if let Some(initializer) = &member.initializer {
                let value = self.lower(initializer);
                properties.push(Property::Named(member.id.static_name().to_string(), value));
            }
        }
        let value = self.summary.add(Expr::Object(properties));
        if let Some(binding) = self.binding_mut(&declaration.id) {
            binding.values.push(value);
        }
    }
}
