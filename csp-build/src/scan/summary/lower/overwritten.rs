//! Values that no one reads any more: a variable that gets another one in any case.

use oxc_ast::ast::{AssignmentTarget, Expression, IfStatement, Statement};
use oxc_span::GetSpan as _;
use oxc_syntax::operator::AssignmentOperator;

use crate::scan::summary::{Expr, ExprId};

use super::Lowerer;

/// How deep an expression is looked into for a name, and a statement for an assignment.
const DEEPEST: usize = 8;

/// The most statements of a block that are looked at.
const MOST_STATEMENTS: usize = 64;

impl Lowerer<'_> {
    /// Notes the assignments that a function makes whenever it runs.
    pub(super) fn note_certain(&mut self, statements: &[Statement<'_>]) {
        for statement in statements {
            if let Some((_, right)) = assignment(statement) {
                self.certain.insert(right.span());
            }
        }
    }

    /// `url = base + url`: what was there before is a part of it, and is asked for by nobody else.
    pub(super) fn overwrite(&mut self, symbol: u32, right: &Expression<'_>, value: ExprId) {
        if !self.certain.contains(&right.span()) || !self.reads(value, symbol, 0) {
            return;
        }
        let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
        if let Some(binding) = binding {
            binding.dead = binding.values.len().saturating_sub(1);
        }
    }

    fn reads(&self, id: ExprId, symbol: u32, level: usize) -> bool {
        let any = |ids: &[ExprId]| ids.iter().any(|&id| self.reads(id, symbol, level + 1));
        match self.summary.expression(id) {
            _ if level > DEEPEST => false,
            Expr::Symbol(own) => *own == symbol,
            Expr::Concat(parts) | Expr::Either(parts) => any(parts),
            Expr::Coalesce(first, second) => any(&[*first, *second]),
            Expr::When { value, .. } => any(&[*value]),
            Expr::Call(callee, arguments) => any(&[*callee]) || any(arguments),
            Expr::Member(object, _) => any(&[*object]),
            _ => false,
        }
    }

    /// How many values the variables have that both branches assign to.
    pub(super) fn before_branches(&self, branch: &IfStatement<'_>) -> Vec<(usize, usize)> {
        let Some(alternate) = &branch.alternate else { return Vec::new() };
        let (first, second) = (self.assigned_by(&branch.consequent, 0), self.assigned_by(alternate, 0));
        let both = first.into_iter().filter(|symbol| second.contains(symbol));
        both.filter_map(|symbol| Some((symbol, self.summary.bindings.get(symbol)?.values.len()))).collect()
    }

    /// A variable that begins empty for both branches to give it a value.
    pub(super) fn after_branches(&mut self, before: Vec<(usize, usize)>) {
        for (symbol, count) in before {
            let Some(values) = self.summary.bindings.get(symbol).map(|binding| binding.values.as_slice()) else {
                continue;
            };
            let is_empty = |&value: &ExprId| match self.summary.expression(value) {
                Expr::Text(text) => text.is_empty(),
                Expr::Global(name) => name == "null" || name == "undefined",
                _ => false,
            };
            if values.len() > count
                && values.iter().take(count).all(is_empty)
                && let Some(binding) = self.summary.bindings.get_mut(symbol)
            {
                binding.dead = count;
            }
        }
    }

    /// The variables that a statement assigns to in any case. What is nested deeper than people write is not looked at: each
    /// branch looks into those within it.
    fn assigned_by(&self, statement: &Statement<'_>, level: usize) -> Vec<usize> {
        if level > DEEPEST {
            return Vec::new();
        }
        let within = |statement: &Statement<'_>| self.assigned_by(statement, level + 1);
        match statement {
            Statement::BlockStatement(block) => block.body.iter().take(MOST_STATEMENTS).flat_map(within).collect(),
            Statement::IfStatement(branch) => {
                let Some(alternate) = &branch.alternate else { return Vec::new() };
                let second = within(alternate);
                within(&branch.consequent).into_iter().filter(|symbol| second.contains(symbol)).collect()
            }
            statement => {
                let symbol = assignment(statement).and_then(|(target, _)| match target {
                    AssignmentTarget::AssignmentTargetIdentifier(name) => match self.reference(name) {
                        Expr::Symbol(symbol) => usize::try_from(symbol).ok(),
                        _ => None,
                    },
                    _ => None,
                });
                symbol.into_iter().collect()
            }
        }
    }
}

/// `target = value;`
fn assignment<'s, 'a>(statement: &'s Statement<'a>) -> Option<(&'s AssignmentTarget<'a>, &'s Expression<'a>)> {
    let Statement::ExpressionStatement(statement) = statement else { return None };
    match &statement.expression {
        Expression::AssignmentExpression(assignment) if assignment.operator == AssignmentOperator::Assign => {
            Some((&assignment.left, &assignment.right))
        }
        _ => None,
    }
}
