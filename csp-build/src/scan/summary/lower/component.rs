//! Components and stores that are written as an object of options: `this` in their functions is what the framework makes
//! of methods, data, computed values and properties.

use oxc_ast::ast::{ArrowFunctionBody, Expression, ObjectExpression, ObjectPropertyKind, Statement};

use oxc_span::GetSpan as _;

use crate::scan::summary::{Class, Expr, ExprId};

use super::{Lowerer, key_name};

/// Objects whose functions are members.
const METHODS: &[&str] = &["actions", "methods"];
/// Objects whose functions give the value of a member.
const COMPUTED: &[&str] = &["computed", "getters"];
/// Objects whose functions have the same `this`, and are no members.
const WATCHERS: &[&str] = &["watch"];
/// Functions that give back an object whose members are members.
const DATA: &[&str] = &["data", "setup", "state"];

/// Functions that a framework calls in the life of a component.
const LIFE: &[&str] = &["beforeMount", "created", "mounted", "updated"];

/// Whether the functions of a part of the options have the component as `this`.
pub(super) fn is_part(name: &str) -> bool {
    [METHODS, COMPUTED, WATCHERS].iter().any(|names| names.contains(&name))
}

impl Lowerer<'_> {
    /// The class of what a framework makes of such an object; nothing for other objects.
    pub(super) fn options_class(&mut self, object: &ObjectExpression<'_>) -> Option<u32> {
        let parts = || {
            object.properties.iter().filter_map(|property| match property {
                ObjectPropertyKind::ObjectProperty(property) => Some((key_name(&property.key)?, &property.value)),
                ObjectPropertyKind::SpreadProperty(_) => None,
            })
        };
        let is_object = |value: &Expression<'_>| matches!(value, Expression::ObjectExpression(_));
        let is_component = parts().any(|(name, value)| is_object(value) && (name == "methods" || name == "computed"))
            || parts().any(|(name, _)| name == "state")
                && parts().any(|(name, value)| name == "actions" && is_object(value))
            || parts().any(|(name, value)| name == "data" && !is_object(value))
                && parts().any(|(name, _)| matches!(name.as_str(), "created" | "mounted" | "watch" | "template"))
            || parts().any(|(name, _)| name == "props")
                && parts().any(|(name, _)| {
                    name == "template" || LIFE.contains(&name.as_str()) || DATA.contains(&name.as_str())
                })
            || self.properties.function.is_some()
                && parts().any(|(name, value)| name == "data" && returned(value).is_some())
            || !self.templates.is_empty() && parts().any(|(name, value)| name == "setup" && returned(value).is_some());
        if !is_component {
            return None;
        }
        let mut members = Vec::new();
        for (name, value) in parts() {
            match (name.as_str(), value) {
                (name, Expression::ObjectExpression(part)) if METHODS.contains(&name) => {
                    self.options_members(part, |_, _, value| Some(value), &mut members);
                }
                (name, Expression::ObjectExpression(part)) if COMPUTED.contains(&name) => {
                    self.options_members(
                        part,
                        |lowerer, _, value| {
                            let getter = match lowerer.summary.expression(value) {
                                Expr::Object(_) => lowerer.summary.add(Expr::Member(value, "get".to_owned())),
                                _ => value,
                            };
                            Some(lowerer.summary.add(Expr::Call(getter, Vec::new())))
                        },
                        &mut members,
                    );
                }
                ("props", Expression::ObjectExpression(part)) => {
                    let all = self.all_properties();
                    self.options_members(
                        part,
                        |lowerer, name, value| {
                            let default = lowerer.default_of(value);
                            match all {
                                Some(all) => Some(lowerer.property(all, name, default)),
                                None => default,
                            }
                        },
                        &mut members,
                    );
                }
                ("props", Expression::ArrayExpression(names)) => {
                    let Some(all) = self.all_properties() else { continue };
                    for name in &names.elements {
                        if let Some(Expression::StringLiteral(name)) = name.as_expression() {
                            let value = self.property(all, &name.value, None);
                            members.push((name.value.to_string(), value));
                        }
                    }
                }
                (name, value) if DATA.contains(&name) => {
                    if name == "setup"
                        && let Some(all) = self.all_properties()
                    {
                        let (setup, offset) = (self.lower(value), value.span().start as usize);
                        let call = self.set_up(setup, all);
                        self.site(call, offset);
                    }
                    if let Some(data) = returned(value) {
                        // What begins as an empty text gets its value later.
                        let is_begun = |lowerer: &mut Self, _: &str, value| {
                            (*lowerer.summary.expression(value) != Expr::Text(String::new())).then_some(value)
                        };
                        self.options_members(data, is_begun, &mut members);
                    }
                }
                _ => {}
            }
        }
        self.beside_properties(&mut members);
        let class = u32::try_from(self.summary.classes.len()).ok()?;
        self.summary.classes.push(Class { members, ..Class::default() });
        self.component.get_or_insert(class);
        if let Some((_, template @ (Expression::StringLiteral(_) | Expression::TemplateLiteral(_)))) =
            parts().find(|(name, _)| name == "template")
        {
            self.template_of_options(template.span(), class);
        }
        Some(class)
    }

    fn options_members(
        &mut self,
        object: &ObjectExpression<'_>,
        member: impl Fn(&mut Self, &str, ExprId) -> Option<ExprId>,
        members: &mut Vec<(String, ExprId)>,
    ) {
        for property in &object.properties {
            if let ObjectPropertyKind::ObjectProperty(property) = property
                && let Some(name) = key_name(&property.key)
            {
                let value = self.lower(&property.value);
                members.extend(member(self, &name, value).map(|value| (name, value)));
            }
        }
    }
}

/// The object that a function gives back.
fn returned<'e, 'a>(function: &'e Expression<'a>) -> Option<&'e ObjectExpression<'a>> {
    let statements = match function {
        Expression::FunctionExpression(function) => &function.body.as_ref()?.statements,
        Expression::ArrowFunctionExpression(function) => match &function.body {
            ArrowFunctionBody::FunctionBody(body) => &body.statements,
            body => return object(body.as_expression()?),
        },
        _ => return None,
    };
    statements.iter().find_map(|statement| match statement {
        Statement::ReturnStatement(statement) => object(statement.argument.as_ref()?),
        _ => None,
    })
}

fn object<'e, 'a>(expression: &'e Expression<'a>) -> Option<&'e ObjectExpression<'a>> {
    match expression.get_inner_expression() {
        Expression::ObjectExpression(object) => Some(object),
        _ => None,
    }
}
