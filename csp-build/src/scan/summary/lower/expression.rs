//! What the resolver follows of each form of an expression.

use oxc_ast::ast::{
    Argument, ArrayExpression, ArrayExpressionElement, CallExpression, ChainElement, ConditionalExpression, Expression,
    IdentifierReference, ObjectExpression, ObjectPropertyKind, PropertyKind, StaticMemberExpression, TemplateLiteral,
};
use oxc_span::GetSpan as _;
use oxc_syntax::operator::{BinaryOperator, LogicalOperator, UnaryOperator};

use super::commonjs::own_exports;
use super::modules::imported_module;
use super::{Lowerer, SPREAD, This, index, key_name};
use crate::scan::summary::{Expr, ExprId, Property};

/// Methods of arrays that call a function with each element.
const EACH: &[&str] = &["every", "filter", "find", "flatMap", "forEach", "map", "some"];

impl Lowerer<'_> {
    pub(super) fn lower_anew(&mut self, expression: &Expression<'_>) -> Expr {
        match expression {
            Expression::StringLiteral(literal) => Expr::Text(literal.value.to_string()),
            Expression::NumericLiteral(number) => Expr::Text(number.value.to_string()),
            Expression::NullLiteral(_) => Expr::Global("null".to_owned()),
            Expression::BooleanLiteral(literal) if !literal.value => Expr::Global("null".to_owned()),
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::Void => {
                Expr::Global("undefined".to_owned())
            }
            Expression::TemplateLiteral(template) => self.template(template),
            Expression::TaggedTemplateExpression(tagged) if is_raw(&tagged.tag) => self.template(&tagged.quasi),
            // A component with styles is that component.
            Expression::TaggedTemplateExpression(tagged) => match styled(&tagged.tag) {
                Some(component) => Expr::Either(vec![self.lower(component)]),
                None => Expr::Opaque,
            },
            Expression::Identifier(identifier) => match self.reference(identifier) {
                Expr::Global(name) if name == "arguments" => self.all_arguments().unwrap_or(Expr::Global(name)),
                Expr::Global(name) if name == "exports" => own_exports(),
                Expr::Global(name) => self.named_properties(&name).unwrap_or(Expr::Global(name)),
                reference => reference,
            },
            Expression::BinaryExpression(binary) if binary.operator == BinaryOperator::Addition => self.sum(expression),
            Expression::ConditionalExpression(choice) => self.choice(choice),
            // `(this && this.__helper) || function () {}`, which compilers write above what uses it.
            Expression::LogicalExpression(logical) if is_helper(&logical.left) => {
                Expr::Either(vec![self.lower(&logical.right)])
            }
            Expression::LogicalExpression(logical) => {
                let (left, right) = (self.lower(&logical.left), self.lower(&logical.right));
                match logical.operator {
                    LogicalOperator::Or | LogicalOperator::Coalesce => Expr::Coalesce(left, right),
                    LogicalOperator::And => Expr::Either(vec![right]),
                }
            }
            Expression::StaticMemberExpression(member) => self.static_member(member),
            Expression::PrivateFieldExpression(member) => {
                Expr::Member(self.lower(&member.object), format!("#{}", member.field.name))
            }
            Expression::ComputedMemberExpression(member) => {
                let object = self.lower(&member.object);
                match member.static_property_name() {
                    Some(name) => Expr::Member(object, name.to_string()),
                    None => match self.lower(&member.expression) {
                        key if matches!(self.summary.expression(key), Expr::Text(_)) => {
                            let Expr::Text(name) = self.summary.expression(key).clone() else { return Expr::Opaque };
                            Expr::Member(object, name)
                        }
                        key => Expr::Element(object, key),
                    },
                }
            }
            Expression::CallExpression(call) => self.call(call),
            Expression::NewExpression(new) => self.construction(new),
            Expression::ChainExpression(chain) => match &chain.expression {
                ChainElement::CallExpression(call) => self.call(call),
                ChainElement::StaticMemberExpression(member) => {
                    Expr::Member(self.lower(&member.object), member.property.name.to_string())
                }
                ChainElement::ComputedMemberExpression(member) => {
                    let (object, key) = (self.lower(&member.object), self.lower(&member.expression));
                    Expr::Element(object, key)
                }
                ChainElement::PrivateFieldExpression(member) => {
                    Expr::Member(self.lower(&member.object), format!("#{}", member.field.name))
                }
                ChainElement::TSNonNullExpression(inner) => Expr::Either(vec![self.lower(&inner.expression)]),
            },
            Expression::ObjectExpression(object) => self.object(object),
            Expression::ArrayExpression(array) => self.array(array),
            Expression::FunctionExpression(function) => Expr::Function(self.function_id(function.span)),
            Expression::ArrowFunctionExpression(function) => Expr::Function(self.function_id(function.span)),
            Expression::ClassExpression(class) => Expr::Class(self.class_id(class.span)),
            Expression::ThisExpression(_) => self.this_value(),
            Expression::Super(_) => match self.this.last() {
                Some(This::Class(class)) => Expr::Super(*class),
                _ => Expr::Opaque,
            },
            Expression::ImportMeta(_) => Expr::ImportMeta,
            Expression::ImportExpression(import) => match imported_module(&import.source) {
                Some(source) => Expr::Import { source, name: "*".to_owned() },
                None => Expr::Opaque,
            },
            Expression::AssignmentExpression(assignment) => Expr::Either(vec![self.lower(&assignment.right)]),
            Expression::YieldExpression(yielded) => self.yielded(yielded),
            Expression::AwaitExpression(awaited) => Expr::Either(vec![self.lower(&awaited.argument)]),
            Expression::ParenthesizedExpression(inner) => Expr::Either(vec![self.lower(&inner.expression)]),
            Expression::SequenceExpression(sequence) => match sequence.expressions.last() {
                Some(last) => Expr::Either(vec![self.lower(last)]),
                None => Expr::Opaque,
            },
            Expression::RegExpLiteral(pattern) => {
                Expr::Pattern(pattern.regex.pattern.text.to_string(), pattern.regex.flags.to_string())
            }
            Expression::TSAsExpression(_)
            | Expression::TSSatisfiesExpression(_)
            | Expression::TSTypeAssertion(_)
            | Expression::TSNonNullExpression(_)
            | Expression::TSInstantiationExpression(_) => {
                Expr::Either(vec![self.lower(expression.get_inner_expression())])
            }
            _ => Expr::Opaque,
        }
    }

    fn static_member(&mut self, member: &StaticMemberExpression<'_>) -> Expr {
        if let Some(sent) = self.sent(member) {
            return sent;
        }
        let object = self.lower(&member.object);
        if member.property.name == "exports" && self.is_own_module(object) {
            return own_exports();
        }
        Expr::Member(object, member.property.name.to_string())
    }

    /// What `this` is here: an object, or the component whose template is visited.
    pub(super) fn this_value(&self) -> Expr {
        match (self.this.last(), self.receiver) {
            (Some(This::Class(class)), _) => Expr::This(*class),
            (Some(This::Object(object)), _) => Expr::Either(vec![*object]),
            (Some(This::Unknown) | None, Some(component)) => Expr::Either(vec![component]),
            (Some(This::Unknown) | None, None) => Expr::Global("this".to_owned()),
        }
    }

    pub(super) fn choice(&mut self, choice: &ConditionalExpression<'_>) -> Expr {
        // `a ? a : b`
        let (test, first) = (choice.test.get_inner_expression(), choice.consequent.get_inner_expression());
        let written = |expression: &Expression<'_>| {
            let span = expression.span();
            self.text.get(span.start as usize..span.end as usize)
        };
        let is_path = matches!(test, Expression::Identifier(_) | Expression::StaticMemberExpression(_));
        if is_path && written(test).is_some() && written(test) == written(first) {
            let (first, second) = (self.lower(&choice.consequent), self.lower(&choice.alternate));
            return Expr::Coalesce(first, second);
        }
        let choices = [(self.lower(&choice.consequent), true), (self.lower(&choice.alternate), false)];
        let Some(test) = self.test(&choice.test) else {
            return Expr::Either(choices.map(|(value, _)| value).to_vec());
        };
        Expr::Either(choices.map(|(value, holds)| self.summary.add(Expr::When { test, holds, value })).to_vec())
    }

    pub(super) fn array(&mut self, array: &ArrayExpression<'_>) -> Expr {
        let mut elements = Vec::new();
        for element in &array.elements {
            elements.push(match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    let all = self.lower(&spread.argument);
                    let any = self.summary.add(Expr::Opaque);
                    self.summary.add(Expr::Element(all, any))
                }
                ArrayExpressionElement::Elision(_) => self.summary.add(Expr::Opaque),
                other => match other.as_expression() {
                    Some(element) => self.lower(element),
                    None => self.summary.add(Expr::Opaque),
                },
            });
        }
        Expr::Array(elements)
    }

    /// `a + b + c`, which the parser nests to the left, in one row.
    pub(super) fn sum(&mut self, expression: &Expression<'_>) -> Expr {
        let mut terms = Vec::new();
        let mut rest = expression;
        while let Expression::BinaryExpression(binary) = rest {
            if binary.operator != BinaryOperator::Addition {
                break;
            }
            terms.push(self.lower(&binary.right));
            rest = &binary.left;
        }
        terms.push(self.lower(rest));
        terms.reverse();
        Expr::Concat(terms)
    }

    pub(super) fn template(&mut self, template: &TemplateLiteral<'_>) -> Expr {
        let mut parts = Vec::new();
        let mut expressions = template.expressions.iter();
        for quasi in &template.quasis {
            let text = quasi.value.cooked.unwrap_or(quasi.value.raw).to_string();
            if !text.is_empty() {
                parts.push(self.summary.add(Expr::Text(text)));
            }
            if let Some(expression) = expressions.next() {
                parts.push(self.lower(expression));
            }
        }
        match parts.as_slice() {
            [] => Expr::Text(String::new()),
            _ => Expr::Concat(parts),
        }
    }

    pub(super) fn reference(&self, identifier: &IdentifierReference<'_>) -> Expr {
        let symbol = identifier.reference_id.get().and_then(|id| self.scoping.get_reference(id).symbol_id());
        match symbol {
            Some(symbol) => Expr::Symbol(index(symbol.index())),
            None if let (Some(_), Some(elements)) = (self.receiver, self.loops.get(identifier.name.as_str())) => {
                Expr::Either(elements.clone())
            }
            None if let Some(component) = self.receiver
                && !identifier.name.starts_with('$') =>
            {
                Expr::Member(component, identifier.name.to_string())
            }
            None => Expr::Global(identifier.name.to_string()),
        }
    }

    pub(super) fn call(&mut self, call: &CallExpression<'_>) -> Expr {
        if let (Expression::Identifier(name), [Argument::StringLiteral(source)]) =
            (&call.callee, call.arguments.as_slice())
            && name.name == "require"
            && matches!(self.reference(name), Expr::Global(_))
        {
            return Expr::Import { source: source.value.to_string(), name: "*".to_owned() };
        }
        if let Some(module) = self.required(call) {
            return module;
        }
        let (callee, mut arguments) = (self.lower(&call.callee), self.arguments(&call.arguments));
        let written = self
            .of_bundler(call, callee, &arguments)
            .or_else(|| self.of_steps(call, callee, &arguments))
            .or_else(|| self.of_private_field(call, callee, &arguments))
            .or_else(|| self.of_parts(callee, &arguments));
        if let Some(value) = written {
            return value;
        }
        // What `f.apply(this, all)` hands on stands behind.
        if let (Expr::Member(_, name), &[_, all]) = (self.summary.expression(callee), arguments.as_slice())
            && name == "apply"
        {
            arguments.extend(self.spread(all));
        }
        self.desugared(callee, &arguments).unwrap_or(Expr::Call(callee, arguments))
    }

    /// The call that a call makes of the function it is given.
    pub(super) fn callback(&mut self, call: ExprId) -> Option<ExprId> {
        let Expr::Call(callee, arguments) = self.summary.expression(call).clone() else { return None };
        match self.summary.expression(callee) {
            Expr::Member(object, name) if EACH.contains(&name.as_str()) => {
                let object = *object;
                let any = self.summary.add(Expr::Opaque);
                let element = self.summary.add(Expr::Element(object, any));
                Some(self.summary.add(Expr::Call(*arguments.first()?, vec![element])))
            }
            // `f.call(this, …)`
            Expr::Member(function, name) if name == "call" && !arguments.is_empty() => {
                let function = *function;
                let function = self.super_behind(function).unwrap_or(function);
                let call = Expr::Call(function, arguments.get(1..).unwrap_or_default().to_vec());
                Some(self.summary.add(call))
            }
            Expr::Symbol(_) | Expr::Global(_) if arguments.len() > 1 && self.is_named(callee, &["_callSuper"]) => {
                let of = self.super_of(*arguments.get(1)?)?;
                let arguments = match arguments.get(2) {
                    Some(&all) => self.spread(all),
                    None => Vec::new(),
                };
                Some(self.summary.add(Expr::Call(of, arguments)))
            }
            // Whoever calls the one that replaces itself calls the other.
            Expr::Member(function, name)
                if name == "apply"
                    && matches!(self.summary.expression(*function), Expr::Symbol(symbol)
                        if self.replaced.get(symbol).is_some_and(|by| self.plain.last() == Some(by))) =>
            {
                None
            }
            Expr::Member(function, name) if name == "apply" && arguments.len() > 1 => {
                let call = Expr::Call(*function, arguments.get(2..).unwrap_or_default().to_vec());
                Some(self.summary.add(call))
            }
            // `f.bind(this, first)` is called with it at last.
            Expr::Member(function, name) if name == "bind" && arguments.len() > 1 => {
                let call = Expr::Call(*function, arguments.get(1..).unwrap_or_default().to_vec());
                Some(self.summary.add(call))
            }
            Expr::Member(object, name) if name == "then" => {
                let object = *object;
                Some(self.summary.add(Expr::Call(*arguments.first()?, vec![object])))
            }
            _ => None,
        }
    }

    /// The arguments up to a spread one.
    pub(super) fn arguments(&mut self, arguments: &[Argument<'_>]) -> Vec<ExprId> {
        let mut ids = Vec::new();
        for argument in arguments {
            match argument.as_expression() {
                Some(argument) => ids.push(self.lower(argument)),
                None => {
                    if let Argument::SpreadElement(spread) = argument {
                        let all = self.lower(&spread.argument);
                        ids.extend(self.spread(all));
                    }
                    break;
                }
            }
        }
        ids
    }

    /// `[isGet ? "params" : "data"]`: all that a key can be, if that is known.
    fn known_names(&mut self, key: &Expression<'_>) -> Vec<String> {
        let (mut open, mut names) = (vec![self.lower(key)], Vec::new());
        while let Some(id) = open.pop() {
            match self.summary.expression(id) {
                Expr::Text(name) => names.push(name.clone()),
                Expr::Either(parts) => open.extend(parts),
                Expr::When { value, .. } => open.push(*value),
                _ => return Vec::new(),
            }
        }
        names
    }

    /// The first elements of an array, one by one.
    fn spread(&mut self, all: ExprId) -> Vec<ExprId> {
        (0..SPREAD).map(|place| self.summary.add(Expr::Member(all, place.to_string()))).collect()
    }

    pub(super) fn object(&mut self, object: &ObjectExpression<'_>) -> Expr {
        let mut properties = Vec::new();
        for property in &object.properties {
            let property = match property {
                ObjectPropertyKind::SpreadProperty(spread) => {
                    properties.push(Property::Spread(self.lower(&spread.argument)));
                    continue;
                }
                ObjectPropertyKind::ObjectProperty(property) => property,
            };
            let mut value = self.lower(&property.value);
            if property.kind == PropertyKind::Get {
                value = self.summary.add(Expr::Call(value, Vec::new()));
            }
            let names = match (key_name(&property.key), property.key.as_expression()) {
                (Some(name), _) => vec![name],
                (None, Some(key)) => self.known_names(key),
                (None, None) => Vec::new(),
            };
            if names.is_empty() {
                properties.push(Property::Computed(value));
            }
            properties.extend(names.into_iter().map(|name| Property::Named(name, value)));
        }
        self.provide(&properties, object.span.start as usize);
        self.make_known(&properties);
        Expr::Object(properties)
    }
}

/// The component of `styled(Component)`, and of `styled(Component).attrs(…)`.
fn styled<'e, 'a>(tag: &'e Expression<'a>) -> Option<&'e Expression<'a>> {
    let Expression::CallExpression(call) = tag.get_inner_expression() else { return None };
    match &call.callee {
        Expression::Identifier(name) if name.name == "styled" => call.arguments.first()?.as_expression(),
        callee => styled(callee.get_member_expr()?.object()),
    }
}

/// `String.raw`
fn is_raw(tag: &Expression<'_>) -> bool {
    tag.get_member_expr().is_some_and(|member| {
        member.object().is_specific_id("String") && member.static_property_name().is_some_and(|name| name == "raw")
    })
}

/// `this && this.__helper`
fn is_helper(expression: &Expression<'_>) -> bool {
    let Expression::LogicalExpression(logical) = expression.get_inner_expression() else { return false };
    logical.operator == LogicalOperator::And
        && matches!(logical.left.get_inner_expression(), Expression::ThisExpression(_))
        && logical.right.get_inner_expression().get_member_expr().is_some_and(|member| {
            matches!(member.object(), Expression::ThisExpression(_))
                && member.static_property_name().is_some_and(|name| name.starts_with("__"))
        })
}
