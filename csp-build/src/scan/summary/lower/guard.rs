//! What has to hold for a value to be given or a call to be made.

use oxc_ast::ast::{Expression, IfStatement, MemberExpression, Statement};
use oxc_syntax::operator::{BinaryOperator, LogicalOperator, UnaryOperator};

use super::Lowerer;
use crate::scan::summary::{CallSite, Expr, ExprId, Operator};

/// Methods that say something of a text's form.
const TELLING: &[&str] = &["includes", "match", "startsWith", "test"];

impl Lowerer<'_> {
    /// A test, where what is known of values may decide it.
    pub(super) fn test(&mut self, expression: &Expression<'_>) -> Option<ExprId> {
        match expression.get_inner_expression() {
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::LogicalNot => {
                let inner = self.test(&unary.argument)?;
                Some(self.summary.add(Expr::Test(Operator::Not, vec![inner])))
            }
            Expression::LogicalExpression(logical) => {
                let operator = match logical.operator {
                    LogicalOperator::And => Operator::And,
                    LogicalOperator::Or => Operator::Or,
                    LogicalOperator::Coalesce => return None,
                };
                let (left, right) = (self.test(&logical.left), self.test(&logical.right));
                if left.is_none() && right.is_none() {
                    return None;
                }
                let parts = [left, right].map(|part| part.unwrap_or_else(|| self.summary.add(Expr::Opaque)));
                Some(self.summary.add(Expr::Test(operator, parts.to_vec())))
            }
            Expression::BinaryExpression(binary) => {
                let (left, right) = (&binary.left, &binary.right);
                match binary.operator {
                    BinaryOperator::StrictEquality | BinaryOperator::Equality => self.same(left, right),
                    BinaryOperator::StrictInequality | BinaryOperator::Inequality => {
                        let same = self.same(left, right)?;
                        Some(self.summary.add(Expr::Test(Operator::Not, vec![same])))
                    }
                    // `text.indexOf(part) > -1`
                    BinaryOperator::GreaterThan | BinaryOperator::GreaterEqualThan if is_index_of(left) => {
                        let is_found = matches!(number(right), Some("-1" | "0"));
                        let place = is_found.then(|| self.lower(left))?;
                        let nowhere = self.summary.add(Expr::Text("-1".to_owned()));
                        let same = self.summary.add(Expr::Test(Operator::Same, vec![place, nowhere]));
                        Some(self.summary.add(Expr::Test(Operator::Not, vec![same])))
                    }
                    _ => None,
                }
            }
            Expression::CallExpression(call) => {
                let is_telling = match &call.callee {
                    Expression::Identifier(_) => !call.arguments.is_empty(),
                    callee => callee
                        .get_member_expr()
                        .and_then(MemberExpression::static_property_name)
                        .is_some_and(|name| TELLING.contains(&name)),
                };
                is_telling.then(|| self.lower(expression))
            }
            Expression::Identifier(_) => Some(self.lower(expression)),
            inner @ Expression::StaticMemberExpression(member) => {
                let name = member.property.name.as_str();
                matches!(name, "SSR" | "server" | "client" | "browser").then(|| self.lower(inner))
            }
            _ => None,
        }
    }

    fn same(&mut self, left: &Expression<'_>, right: &Expression<'_>) -> Option<ExprId> {
        let right_part = match (right.get_inner_expression(), number(right)) {
            (Expression::StringLiteral(text), _) => Expr::Text(text.value.to_string()),
            (Expression::Identifier(name), _) if name.name == "undefined" => Expr::Text("undefined".to_owned()),
            (_, Some(number)) => Expr::Text(number.to_owned()),
            _ => return None,
        };
        let left_part = match left.get_inner_expression() {
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::Typeof => {
                let of = self.lower(&unary.argument);
                self.summary.add(Expr::Test(Operator::TypeOf, vec![of]))
            }
            left @ (Expression::Identifier(_)
            | Expression::CallExpression(_)
            | Expression::ComputedMemberExpression(_)) => self.lower(left),
            _ => return None,
        };
        let right_part = self.summary.add(right_part);
        Some(self.summary.add(Expr::Test(Operator::Same, vec![left_part, right_part])))
    }

    /// A value as what it is under the tests around it, as far as those are in the function that is visited.
    pub(super) fn guarded(&mut self, mut value: ExprId) -> ExprId {
        let first = self.guards_of_function;
        for (test, holds) in self.guards.get(first..).unwrap_or_default().to_vec() {
            value = self.summary.add(Expr::When { test, holds, value });
        }
        value
    }

    pub(super) fn site(&mut self, expression: ExprId, offset: usize) {
        let mut tests = Vec::new();
        for (test, holds) in self.guards.clone() {
            tests.push(if holds { test } else { self.summary.add(Expr::Test(Operator::Not, vec![test])) });
        }
        let when = match tests.as_slice() {
            [] => None,
            [test] => Some(*test),
            _ => Some(self.summary.add(Expr::Test(Operator::And, tests))),
        };
        let (method, within) = (self.plain.last().copied(), self.enclosing.last().copied());
        let (offset, is_on_server) = (self.start + offset, self.is_on_server);
        self.summary.calls.push(CallSite { expression, offset, when, method, within, is_on_server });
    }

    /// Visits something that is reached only where a test holds, or only where it doesn't.
    pub(super) fn under(&mut self, test: Option<ExprId>, holds: bool, visit: impl FnOnce(&mut Self)) {
        let count = self.guards.len();
        self.guards.extend(test.map(|test| (test, holds)));
        visit(self);
        self.guards.truncate(count);
    }

    /// What follows a branch that leaves is reached only by the other one.
    pub(super) fn left_by(&mut self, branch: &IfStatement<'_>) -> Option<(ExprId, bool)> {
        let stays = match (leaves(&branch.consequent), branch.alternate.as_ref().is_some_and(leaves)) {
            (true, false) => false,
            (false, true) => true,
            _ => return None,
        };
        self.test(&branch.test).map(|test| (test, stays))
    }
}

/// Whether what follows a statement is never reached through it.
fn leaves(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::ReturnStatement(_) | Statement::ThrowStatement(_) => true,
        Statement::BlockStatement(block) => block.body.iter().any(leaves),
        Statement::IfStatement(branch) => leaves(&branch.consequent) && branch.alternate.as_ref().is_some_and(leaves),
        _ => false,
    }
}

fn is_index_of(expression: &Expression<'_>) -> bool {
    let Expression::CallExpression(call) = expression.get_inner_expression() else { return false };
    call.callee
        .get_member_expr()
        .and_then(MemberExpression::static_property_name)
        .is_some_and(|name| name == "indexOf" || name == "search")
}

/// The numbers that `indexOf` is compared with.
fn number(expression: &Expression<'_>) -> Option<&'static str> {
    match expression.get_inner_expression() {
        Expression::NumericLiteral(number) if number.value == 0.0 => Some("0"),
        Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::UnaryNegation => {
            matches!(&unary.argument, Expression::NumericLiteral(number) if (number.value - 1.0).abs() < f64::EPSILON)
                .then_some("-1")
        }
        _ => None,
    }
}
