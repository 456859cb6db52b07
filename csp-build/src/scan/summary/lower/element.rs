//! JSX: components are called with their attributes, and some attributes of links connect.

use oxc_ast::ast::{
    JSXAttributeItem, JSXAttributeName, JSXAttributeValue, JSXElementName, JSXMemberExpression,
    JSXMemberExpressionObject, JSXOpeningElement,
};

use crate::scan::summary::{CallSite, Expr, ExprId, Property};

use super::Lowerer;

impl Lowerer<'_> {
    pub(super) fn element(&mut self, element: &JSXOpeningElement<'_>) {
        let offset = element.span.start as usize;
        let callee = match &element.name {
            JSXElementName::IdentifierReference(name) => self.reference(name),
            JSXElementName::MemberExpression(member) => match self.component(member) {
                Some(component) => component,
                None => return,
            },
            JSXElementName::Identifier(name) => {
                let properties = self.attributes(element);
                return self.connecting(&name.name, &properties, offset);
            }
            JSXElementName::NamespacedName(_) | JSXElementName::ThisExpression(_) => return,
        };
        let properties = self.attributes(element);
        if element.name.get_identifier_name().is_some_and(|name| name == "SWRConfig") {
            self.default_fetcher(&properties);
        }
        let callee = self.summary.add(callee);
        let properties = self.summary.add(Expr::Object(properties));
        let expression = self.summary.add(Expr::Call(callee, vec![properties]));
        self.summary.calls.push(CallSite::new(expression, offset));
    }

    fn component(&mut self, member: &JSXMemberExpression<'_>) -> Option<Expr> {
        let object = match &member.object {
            JSXMemberExpressionObject::IdentifierReference(name) => self.reference(name),
            JSXMemberExpressionObject::MemberExpression(member) => self.component(member)?,
            JSXMemberExpressionObject::ThisExpression(_) => return None,
        };
        Some(Expr::Member(self.summary.add(object), member.property.name.to_string()))
    }

    fn attributes(&mut self, element: &JSXOpeningElement<'_>) -> Vec<Property> {
        let mut properties = Vec::new();
        for attribute in &element.attributes {
            match attribute {
                JSXAttributeItem::SpreadAttribute(spread) => {
                    properties.push(Property::Spread(self.lower(&spread.argument)));
                }
                JSXAttributeItem::Attribute(attribute) => {
                    let JSXAttributeName::Identifier(name) = &attribute.name else { continue };
                    let value = match &attribute.value {
                        Some(JSXAttributeValue::StringLiteral(text)) => {
                            self.summary.add(Expr::Text(text.value.to_string()))
                        }
                        Some(JSXAttributeValue::ExpressionContainer(container)) => {
                            match container.expression.as_expression() {
                                Some(expression) => self.lower(expression),
                                None => continue,
                            }
                        }
                        _ => self.summary.add(Expr::Opaque),
                    };
                    properties.push(Property::Named(name.name.to_string(), value));
                }
            }
        }
        properties
    }

    /// `<a ping>`, `<link rel="preload" as="fetch">`
    fn connecting(&mut self, tag: &str, properties: &[Property], offset: usize) {
        let value = |name: &str| {
            properties.iter().find_map(|property| match property {
                Property::Named(key, value) if key == name => Some(*value),
                _ => None,
            })
        };
        let is = |value: Option<ExprId>, text: &str| {
            value.is_some_and(|value| *self.summary.expression(value) == Expr::Text(text.to_owned()))
        };
        let (sink, url) = match tag {
            "a" | "area" => ("ping", value("ping")),
            "link" if is(value("rel"), "preload") && is(value("as"), "fetch") => ("preload", value("href")),
            _ => return,
        };
        if let Some(expression) = url {
            self.summary.direct.push((sink.to_owned(), CallSite::new(expression, offset)));
        }
    }
}
