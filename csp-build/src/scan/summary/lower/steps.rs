//! Functions that await, as compilers write them where there is no word for it: generators, and functions that are called once
//! for each step.

use oxc_ast::ast::{
    Argument, ArrayExpression, ArrayExpressionElement, CallExpression, Expression, Function, ReturnStatement,
    StaticMemberExpression, YieldExpression,
};
use oxc_ast_visit::walk;

use crate::scan::summary::{Expr, ExprId};

use super::{Lowerer, index};

/// They make a function that gives a promise of one that is a generator.
const MAKING_ASYNC: &[&str] = &["_asyncToGenerator", "_async_to_generator", "asyncToGenerator"];
/// They call a function step by step that says with a number what to do next.
const STEPPING: &[&str] = &["__generator", "_ts_generator"];

/// How a function says what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `return [4, promise]`, `state.sent()`, `return [2, value]`
    Numbers,
    /// `return promise`, `context.sent`, `return context.abrupt("return", value)`
    Words,
}

/// The steps of the function that is visited.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steps {
    /// Whether `yield` awaits.
    awaits: bool,
    /// What the function is called with at each step.
    state: Option<(u32, Form)>,
    /// What was awaited last.
    last: Option<ExprId>,
}

impl Lowerer<'_> {
    /// Notes what an argument of a call is, if it is a function that awaits.
    pub(super) fn note_steps(&mut self, call: &CallExpression<'_>, function: &Function<'_>) {
        let state = self.form(call, function).and_then(|form| {
            let parameter = function.params.items.first()?.pattern.get_binding_identifier()?;
            Some((index(parameter.symbol_id.get()?.index()), form))
        });
        self.next_steps = Steps { awaits: function.generator, state, last: None };
    }

    fn form(&self, call: &CallExpression<'_>, function: &Function<'_>) -> Option<Form> {
        let [parameter] = function.params.items.as_slice() else { return None };
        let name = parameter.pattern.get_binding_identifier()?.name;
        let callee = match call.callee.get_inner_expression() {
            Expression::Identifier(callee) => callee.name.as_str(),
            callee => callee.get_member_expr()?.static_property_name()?,
        };
        if STEPPING.contains(&callee) {
            return Some(Form::Numbers);
        }
        let written = self.text.get(function.span.start as usize..function.span.end as usize).unwrap_or_default();
        let has = |member: &str| written.contains(&format!("{name}{member}"));
        let is_with_this = matches!(call.arguments.first(), Some(Argument::ThisExpression(_)));
        if is_with_this && call.arguments.len() == 2 && (has(".label)") || is_returned(written)) {
            return Some(Form::Numbers);
        }
        let is_of_words = matches!(callee, "w" | "wrap") && (has(".stop()") || has(".abrupt(") || has(".a(2"));
        is_of_words.then_some(Form::Words)
    }

    /// The value that was awaited last: `state.sent()`, `context.sent`.
    pub(super) fn sent(&self, member: &StaticMemberExpression<'_>) -> Option<Expr> {
        let Steps { state: Some((state, _)), last: Some(last), .. } = *self.steps.last()? else { return None };
        let Expression::Identifier(object) = &member.object else { return None };
        let is_sent = matches!(member.property.name.as_str(), "sent" | "v");
        (is_sent && self.reference(object) == Expr::Symbol(state)).then(|| Expr::Either(vec![last]))
    }

    /// `yield promise`, where that awaits it.
    pub(super) fn yielded(&mut self, yielded: &YieldExpression<'_>) -> Expr {
        match &yielded.argument {
            Some(argument) if !yielded.delegate && self.steps.last().is_some_and(|steps| steps.awaits) => {
                Expr::Either(vec![self.lower(argument)])
            }
            _ => Expr::Opaque,
        }
    }

    /// What a call is the same as that has to do with functions that await.
    pub(super) fn of_steps(&mut self, call: &CallExpression<'_>, callee: ExprId, arguments: &[ExprId]) -> Option<Expr> {
        if let Expression::StaticMemberExpression(member) = &call.callee {
            if let (Some(sent), []) = (self.sent(member), arguments) {
                return Some(sent);
            }
            if let Some(value) = self.left_with(call) {
                return Some(Expr::Either(vec![self.lower(value)]));
            }
        }
        let (&first, second) = (arguments.first()?, arguments.get(1).copied());
        let function =
            |argument: Option<&Argument<'_>>| argument.and_then(written_function).and_then(|it| self.form(call, it));
        if function(call.arguments.get(1)) == Some(Form::Numbers) {
            return Some(Expr::Call(second?, Vec::new()));
        }
        if function(call.arguments.first()) == Some(Form::Words) {
            return Some(Expr::Call(first, Vec::new()));
        }
        let is_function = matches!(self.summary.expression(self.behind_brackets(first)), Expr::Function(_));
        let is_marked = |name: &str| match (name, call.arguments.first().and_then(written_function)) {
            ("mark", _) => true,
            ("m", Some(function)) => {
                let span = function.span;
                self.written(span).contains(".w(function")
            }
            _ => false,
        };
        match self.summary.expression(callee) {
            Expr::Member(_, name) if arguments.len() == 1 && is_function && is_marked(name) => {
                Some(Expr::Either(vec![first]))
            }
            // `co.wrap(function* () { … })`
            Expr::Member(co, name) if name == "wrap" && is_function && self.is_named(*co, &["co"]) => {
                Some(Expr::Either(vec![first]))
            }
            _ if self.makes_async(callee) => Some(Expr::Either(vec![first])),
            Expr::Symbol(_) | Expr::Global(_) if is_function && self.is_named(callee, &["co"]) => {
                Some(Expr::Call(first, Vec::new()))
            }
            _ => None,
        }
    }

    fn makes_async(&self, callee: ExprId) -> bool {
        if self.is_named(callee, MAKING_ASYNC) || self.is_async_helper(callee) {
            return true;
        }
        let Expr::Symbol(symbol) = self.summary.expression(callee) else { return false };
        let values = self.summary.binding(*symbol).map_or(&[][..], |binding| binding.values.as_slice());
        values.iter().any(|&value| match self.summary.expression(value) {
            Expr::Import { source, .. } => source.trim_end_matches(".js").ends_with("/asyncToGenerator"),
            _ => false,
        })
    }

    /// The value of `context.abrupt("return", value)` and `context.a(2, value)`.
    fn left_with<'e, 'a>(&self, call: &'e CallExpression<'a>) -> Option<&'e Expression<'a>> {
        let (state, _) = self.steps.last()?.state?;
        let Expression::StaticMemberExpression(member) = &call.callee else { return None };
        let Expression::Identifier(object) = &member.object else { return None };
        if self.reference(object) != Expr::Symbol(state) {
            return None;
        }
        match (member.property.name.as_str(), call.arguments.as_slice()) {
            ("abrupt", [Argument::StringLiteral(word), value]) if word.value == "return" => value.as_expression(),
            ("a", [Argument::NumericLiteral(_), value]) => value.as_expression(),
            _ => None,
        }
    }

    /// A statement that ends a step. Says whether it was one.
    pub(super) fn end_step(&mut self, statement: &ReturnStatement<'_>) -> bool {
        let Some((state, form)) = self.steps.last().and_then(|steps| steps.state) else { return false };
        let Some(argument) = &statement.argument else { return false };
        let mut last = argument.get_inner_expression();
        while let Expression::SequenceExpression(sequence) = last {
            let Some(inner) = sequence.expressions.last() else { break };
            last = inner.get_inner_expression();
        }
        let (mut returned, mut awaited) = (None, None);
        match (form, last) {
            (Form::Numbers, Expression::ArrayExpression(step)) => match numbered(step) {
                Some((2, value)) => returned = value,
                Some((4, value)) => awaited = value,
                _ => {}
            },
            (Form::Words, Expression::CallExpression(call)) if self.left_with(call).is_some() => {
                returned = self.left_with(call);
            }
            (Form::Words, Expression::CallExpression(call)) if self.is_of_state(&call.callee, state) => {}
            (Form::Words, value) => awaited = Some(value),
            (Form::Numbers, _) => return false,
        }
        if let Some(value) = returned {
            let value = self.lower(value);
            let value = self.guarded(value);
            if let Some(function) = self.enclosing.last().copied().and_then(|function| self.function_mut(function)) {
                function.returns.push(value);
            }
        }
        let awaited = awaited.map(|value| self.lower(value));
        // What stands before in a row may read what was awaited before.
        walk::walk_return_statement(self, statement);
        if let (Some(awaited), Some(steps)) = (awaited, self.steps.last_mut()) {
            steps.last = Some(awaited);
        }
        true
    }

    fn is_of_state(&self, callee: &Expression<'_>, state: u32) -> bool {
        callee.get_member_expr().is_some_and(|member| match member.object() {
            Expression::Identifier(object) => self.reference(object) == Expr::Symbol(state),
            _ => false,
        })
    }
}

/// The function that an argument is.
pub(super) fn written_function<'e, 'a>(argument: &'e Argument<'a>) -> Option<&'e Function<'a>> {
    match argument.as_expression()?.get_inner_expression() {
        Expression::FunctionExpression(function) => Some(function),
        _ => None,
    }
}

/// `return [2, …]`
fn is_returned(written: &str) -> bool {
    written.contains("return[2") || written.contains("return [2")
}

/// `[4 /* yield */, promise]`
fn numbered<'e, 'a>(step: &'e ArrayExpression<'a>) -> Option<(u8, Option<&'e Expression<'a>>)> {
    let [ArrayExpressionElement::NumericLiteral(number), rest @ ..] = step.elements.as_slice() else { return None };
    let value = rest.first().and_then(ArrayExpressionElement::as_expression);
    let number =
        [2_u8, 3, 4, 5, 7].into_iter().find(|&known| (number.value - f64::from(known)).abs() < f64::EPSILON)?;
    Some((number, value))
}
