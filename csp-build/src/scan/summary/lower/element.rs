//! JSX: components are called with their attributes, and some attributes of links connect.

use oxc_ast::ast::{
    JSXAttributeItem, JSXAttributeName, JSXAttributeValue, JSXChild, JSXElement, JSXElementName, JSXMemberExpression,
    JSXMemberExpressionObject, JSXOpeningElement,
};

use crate::scan::connecting::{Connects, meant, of_element};
use crate::scan::elements::global_name;
use crate::scan::report::Reason;
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
                self.connecting(&name.name, &properties, offset);
                if name.name.contains('-') {
                    self.custom_element_of_jsx(&name.name, properties, offset);
                }
                return;
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

    fn custom_element_of_jsx(&mut self, name: &str, properties: Vec<Property>, offset: usize) {
        let callee = self.summary.add(Expr::Global(global_name(name)));
        let properties = self.summary.add(Expr::Object(properties));
        let expression = self.summary.add(Expr::Call(callee, vec![properties]));
        self.summary.calls.push(CallSite::new(expression, offset));
    }

    /// `<script dangerouslySetInnerHTML={{ __html: "…" }} />`, and Next's `<Script>` with a text in it.
    pub(super) fn script_element(&mut self, element: &JSXElement<'_>) {
        let opening = &element.opening_element;
        if !opening.name.get_identifier_name().is_some_and(|name| name == "script" || name == "Script") {
            return;
        }
        let properties = self.attributes(opening);
        let value = |name: &str| {
            properties.iter().find_map(|property| match property {
                Property::Named(key, value) if key == name => Some(*value),
                _ => None,
            })
        };
        let is_data = value("type").is_some_and(|kind| match self.summary.expression(kind) {
            Expr::Text(kind) => kind.contains("json") || kind.contains("template"),
            _ => false,
        });
        if is_data {
            return;
        }
        let mut texts: Vec<ExprId> = value("dangerouslySetInnerHTML")
            .into_iter()
            .map(|html| self.summary.add(Expr::Member(html, "__html".to_owned())))
            .collect();
        texts.extend(value("innerHTML"));
        for child in &element.children {
            if let JSXChild::ExpressionContainer(container) = child
                && let Some(expression) = container.expression.as_expression()
            {
                texts.push(self.lower(expression));
            }
        }
        let offset = element.span.start as usize;
        self.scripts.extend(texts.into_iter().map(|text| (text, offset)));
    }

    /// Reads the scripts that are texts.
    pub(in crate::scan::summary) fn embed_scripts(&mut self) -> Option<(Reason, usize)> {
        let mut problem = None;
        for (text, at) in std::mem::take(&mut self.scripts) {
            let html = match self.summary.expression(text) {
                Expr::Member(html, _) => self.html_of(*html),
                _ => Some(text),
            };
            for script in html.into_iter().flat_map(|html| self.summary.scripts_of(html)).collect::<Vec<_>>() {
                if let Err(reason) = self.summary.embed(&script, |_| at) {
                    problem = problem.or(Some((reason, at)));
                }
            }
        }
        problem
    }

    /// What `{ __html: … }` has.
    fn html_of(&self, object: ExprId) -> Option<ExprId> {
        match self.summary.expression(object) {
            Expr::Object(properties) => properties.iter().find_map(|property| match property {
                Property::Named(name, value) if name == "__html" => Some(*value),
                _ => None,
            }),
            Expr::Symbol(symbol) => self.html_of(*self.summary.binding(*symbol)?.values.first()?),
            Expr::Either(values) => self.html_of(*values.first()?),
            _ => None,
        }
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
            _ => return self.connecting_element(tag, None, properties, offset),
        };
        if let Some(expression) = url {
            self.summary.direct.push((sink.to_owned(), CallSite::new(expression, offset)));
        }
    }

    /// An element of a library that connects where an attribute says.
    pub(super) fn connecting_element(
        &mut self,
        name: &str,
        component: Option<ExprId>,
        properties: &[Property],
        offset: usize,
    ) {
        let named = || {
            properties.iter().filter_map(|property| match property {
                Property::Named(name, value) => Some((name.as_str(), *value)),
                Property::Spread(_) | Property::Computed(_) => None,
            })
        };
        let Some(connects) = of_element(name, named().map(|(name, _)| name)) else { return };
        // One of these names may be the project's own.
        if component.is_some_and(|component| self.is_own(component)) {
            return;
        }
        let mut found = Vec::new();
        let sink = match connects {
            Connects::By(sink, urls) => {
                for url in urls {
                    let Some((members, value)) = named().find_map(|(name, value)| Some((meant(url, name)?, value)))
                    else {
                        continue;
                    };
                    let no_url =
                        |text: &Expr| matches!(text, Expr::Text(text) if text.is_empty() || text.starts_with('#'));
                    if !no_url(self.summary.expression(value)) {
                        found.push((value, members.collect::<Vec<_>>()));
                    }
                }
                sink
            }
            Connects::To(sink, urls) => {
                found.extend(urls.map(|url| (self.summary.add(Expr::Text(url.to_owned())), Vec::new())));
                sink
            }
        };
        for (value, members) in found {
            let member = |value, member: &str| self.summary.add(Expr::Member(value, member.to_owned()));
            let url = members.into_iter().fold(value, member);
            self.summary.direct.push((sink.to_owned(), CallSite::new(url, offset)));
        }
    }

    /// Whether a component is one of this project.
    fn is_own(&self, component: ExprId) -> bool {
        let mut value = component;
        if let Expr::Symbol(symbol) = self.summary.expression(value) {
            let Some(&first) = self.summary.binding(*symbol).and_then(|binding| binding.values.first()) else {
                return false;
            };
            value = first;
        }
        match self.summary.expression(value) {
            Expr::Import { source, .. } => source.starts_with(['.', '/', '~', '#', '$']) || source.starts_with("@/"),
            expression => !matches!(expression, Expr::Global(_)),
        }
    }
}
