//! Calls: what they give to functions that are written in them, and to lists.

use oxc_ast::ast::{Argument, CallExpression, Expression};
use oxc_ast_visit::Visit as _;

use crate::scan::summary::{Expr, ExprId, PUSHED};

use super::steps::written_function;
use super::{Lowerer, This};

impl Lowerer<'_> {
    /// `list.push(value)`
    pub(super) fn push(&mut self, call: ExprId) {
        let Expr::Call(callee, arguments) = self.summary.expression(call) else { return };
        let Expr::Member(object, name) = self.summary.expression(*callee) else { return };
        let Expr::Symbol(symbol) = *self.summary.expression(*object) else { return };
        if !matches!(name.as_str(), "push" | "unshift") {
            return;
        }
        let pushed: Vec<_> = arguments.iter().map(|&argument| (PUSHED.to_owned(), argument)).collect();
        let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
        if let Some(binding) = binding {
            binding.members.extend(pushed);
        }
    }

    /// A function that is handed on together with `this` has the same one: `f.bind(this)`, `each(f, this)`, and what
    /// compilers write for functions that await.
    pub(super) fn visit_call_parts(&mut self, call: &CallExpression<'_>) {
        if self.visit_class_parts(call) {
            return;
        }
        let this = self.this_handed_on(call);
        let is_bound = call.callee.get_member_expr().is_some_and(|member| {
            matches!(member.object().get_inner_expression(), Expression::FunctionExpression(_))
                && member.static_property_name().is_some_and(|name| matches!(name, "apply" | "bind" | "call"))
        });
        self.next_this = this.filter(|_| is_bound);
        self.next_arguments = self.handed_at_once(call);
        self.visit_expression(&call.callee);
        (self.next_this, self.next_arguments) = (None, None);
        for argument in &call.arguments {
            let function = written_function(argument);
            self.next_this = this.filter(|_| function.is_some());
            if let Some(function) = function {
                self.note_steps(call, function);
            }
            self.visit_argument(argument);
            self.next_this = None;
        }
    }

    /// The `this` among the arguments of a call, by a name that stands for it (`_this`), too.
    fn this_handed_on(&mut self, call: &CallExpression<'_>) -> Option<This> {
        for argument in &call.arguments {
            match argument {
                Argument::ThisExpression(_) => return self.this.last().copied(),
                Argument::Identifier(name) => {
                    let name = self.reference(name);
                    let name = self.summary.add(name);
                    if let Expr::This(class) = *self.summary.expression(self.alias(name)) {
                        return Some(This::Class(class));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The arguments of a function that is called where it is written, and so nowhere else: `(function ($) { … })(jQuery)`.
    fn handed_at_once(&mut self, call: &CallExpression<'_>) -> Option<Vec<ExprId>> {
        let is_function = |expression: &Expression<'_>| {
            matches!(expression, Expression::FunctionExpression(_) | Expression::ArrowFunctionExpression(_))
        };
        let callee = call.callee.get_inner_expression();
        let is_called = callee.get_member_expr().is_some_and(|member| {
            is_function(member.object().get_inner_expression())
                && member.static_property_name().is_some_and(|name| name == "call")
        });
        if !is_function(callee) && !is_called {
            return None;
        }
        let arguments = self.arguments(&call.arguments);
        Some(arguments.into_iter().skip(usize::from(is_called)).collect())
    }
}
