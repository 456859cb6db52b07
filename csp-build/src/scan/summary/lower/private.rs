//! Private fields as compilers write them where there is no word for them: a map of its own for each, by the object.

use std::collections::HashSet;

use oxc_ast::ast::{
    Argument, AssignmentExpression, AssignmentTarget, BindingIdentifier, CallExpression, Expression, Program,
    VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Scoping;

use crate::scan::summary::{Expr, ExprId};

use super::{Lowerer, This, index, value_of};

/// The variables of a file that hold such maps.
struct Maps<'s> {
    scoping: &'s Scoping,
    found: HashSet<u32>,
}

impl Maps<'_> {
    fn note(&mut self, symbol: Option<usize>, value: &Expression<'_>) {
        if let (Some(symbol), Expression::NewExpression(new)) = (symbol, value.get_inner_expression())
            && (new.callee.is_specific_id("WeakMap") || new.callee.is_specific_id("WeakSet"))
            && new.arguments.is_empty()
        {
            self.found.insert(index(symbol));
        }
    }
}

impl<'a> Visit<'a> for Maps<'_> {
    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        if let Some(init) = &declarator.init {
            let name: Option<&BindingIdentifier<'_>> = declarator.id.get_binding_identifier();
            self.note(name.and_then(|name| name.symbol_id.get()).map(oxc_semantic::SymbolId::index), init);
        }
        walk::walk_variable_declarator(self, declarator);
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        if let AssignmentTarget::AssignmentTargetIdentifier(name) = &assignment.left {
            let symbol = name.reference_id.get().and_then(|id| self.scoping.get_reference(id).symbol_id());
            self.note(symbol.map(oxc_semantic::SymbolId::index), &assignment.right);
        }
        walk::walk_assignment_expression(self, assignment);
    }
}

impl Lowerer<'_> {
    /// Finds the maps of a file: they may be made below the classes whose fields they hold.
    pub(in crate::scan::summary) fn find_private_fields(&mut self, program: &Program<'_>) {
        if ["new WeakMap", "new WeakSet"].iter().any(|made| self.text.contains(made)) {
            let mut maps = Maps { scoping: self.scoping, found: HashSet::new() };
            maps.visit_program(program);
            self.private_fields = maps.found;
        }
    }

    /// The member that stands for a map.
    fn field(&self, map: ExprId) -> Option<String> {
        let Expr::Symbol(symbol) = self.summary.expression(map) else { return None };
        let binding = self.summary.binding(*symbol).filter(|_| self.private_fields.contains(symbol))?;
        Some(format!("#{}", binding.name))
    }

    /// `map.get(this)`, `map.set(this, value)`, and the helpers of compilers for them.
    pub(super) fn of_private_field(
        &mut self,
        call: &CallExpression<'_>,
        callee: ExprId,
        arguments: &[ExprId],
    ) -> Option<Expr> {
        if self.private_fields.is_empty() {
            return None;
        }
        if let Expr::Member(map, method) = self.summary.expression(callee).clone() {
            let &object = arguments.first()?;
            if let Some(field) = self.field(map) {
                return match (method.as_str(), arguments) {
                    ("get", [_]) => Some(Expr::Member(object, field)),
                    ("set", &[_, value]) => {
                        self.set_field(object, field, value);
                        Some(Expr::Either(vec![value]))
                    }
                    _ => None,
                };
            }
        }
        let (&[first, second], rest) = (arguments.get(..2)?, arguments.get(2..)?) else { return None };
        let (object, field) = match (self.field(first), self.field(second)) {
            (None, Some(field)) => (first, field),
            (Some(field), None) => (second, field),
            _ => return None,
        };
        let name = match &call.callee {
            Expression::Identifier(name) => name.name.as_str(),
            callee => callee.get_member_expr()?.static_property_name()?,
        };
        let is_letter = |argument: Option<&Argument<'_>>| matches!(argument, Some(Argument::StringLiteral(letter)) if matches!(letter.value.as_str(), "f" | "m" | "a"));
        let is_accessor = matches!(call.arguments.get(2), Some(Argument::StringLiteral(letter)) if letter.value == "a");
        match rest {
            // What stands for a method is handed in.
            &[_, method] if is_letter(call.arguments.get(2)) => {
                Some(if is_accessor { Expr::Call(method, Vec::new()) } else { Expr::Either(vec![method]) })
            }
            [] => Some(Expr::Member(object, field)),
            [_] if is_letter(call.arguments.get(2)) => Some(Expr::Member(object, field)),
            &[getter] if name.contains("Get") => Some(Expr::Call(getter, Vec::new())),
            &[method] if name.contains("Method") || self.is_function(method) => {
                self.note_private_method(object, method);
                Some(Expr::Either(vec![method]))
            }
            &[value, ..] => {
                let value = self.described(value);
                self.set_field(object, field, value);
                Some(Expr::Either(vec![value]))
            }
        }
    }

    /// A function that stands for a private method is written below its class.
    fn note_private_method(&mut self, object: ExprId, method: ExprId) {
        if let (Expr::This(class), Expr::Symbol(method)) =
            (self.summary.expression(object), self.summary.expression(method))
        {
            self.private_methods.insert(*method, *class);
        }
    }

    /// What `this` is in a function that is assigned to the name of a private method.
    pub(super) fn this_of_private_method(&self, symbol: u32) -> Option<This> {
        self.private_methods.get(&symbol).copied().map(This::Class)
    }

    fn is_function(&self, value: ExprId) -> bool {
        match self.summary.expression(value) {
            Expr::Function(_) => true,
            Expr::Symbol(_) => self.function_of(value).is_some(),
            _ => false,
        }
    }

    /// `{ writable: true, value: … }`
    fn described(&self, value: ExprId) -> ExprId {
        let Expr::Object(properties) = self.summary.expression(value) else { return value };
        match (value_of(properties, "writable"), value_of(properties, "value")) {
            (Some(_), Some(value)) => value,
            _ => value,
        }
    }

    fn set_field(&mut self, object: ExprId, field: String, value: ExprId) {
        if self.is_undefined(value) {
            return;
        }
        let object = self.alias(object);
        match *self.summary.expression(object) {
            Expr::This(class) => {
                if let Some(class) = self.class_mut(class) {
                    class.members.push((field, value));
                }
            }
            Expr::Global(ref name) if name == "this" => {
                self.assign_this(&field, value);
            }
            _ => {}
        }
    }
}
