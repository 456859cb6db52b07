//! Custom elements as Lit has them: templates are texts with a tag, and properties are given by elements in those.

use std::ops::Range;

use html5gum::emitters::default::Token;
use oxc_ast::ast::{Class, Expression, TaggedTemplateExpression};

use crate::scan::elements::Element;
use crate::scan::summary::{Expr, ExprId};
use crate::scan::tokens::{Rules, tokens};

use super::Lowerer;

impl Lowerer<'_> {
    /// The elements of a template: they are calls of what they stand for.
    pub(super) fn lit_template(&mut self, tagged: &TaggedTemplateExpression<'_>) {
        let Expression::Identifier(tag) = &tagged.tag else { return };
        if !matches!(tag.name.as_str(), "html" | "staticHtml" | "svg") {
            return;
        }
        let span = tagged.quasi.span;
        let (start, end) = (span.start as usize + 1, (span.end as usize).saturating_sub(1));
        let Some(text) = self.text.get(start..end) else { return };
        let quasis = &tagged.quasi.quasis;
        let holes: Vec<Range<usize>> = quasis
            .iter()
            .zip(quasis.iter().skip(1))
            .map(|(before, behind)| {
                let (from, to) = (before.span.end as usize, behind.span.start as usize);
                from.saturating_sub(start)..to.saturating_sub(start)
            })
            .collect();
        let mut masked = text.as_bytes().to_vec();
        for hole in &holes {
            masked.get_mut(hole.clone()).unwrap_or_default().fill(b'x');
        }
        let Ok(masked) = String::from_utf8(masked) else { return };
        let elements = tokens(&masked, Rules::Component).tokens.into_iter().filter_map(|token| {
            let Token::StartTag(tag) = token else { return None };
            Element::of_lit(masked.get(tag.span.start..tag.span.end)?, tag.span.start, &holes)
        });
        for element in elements.collect::<Vec<_>>() {
            let values: Vec<(usize, ExprId)> = element
                .pieces()
                .filter_map(|piece| {
                    let place = holes.iter().position(|hole| hole.start == piece.range.start)?;
                    Some((piece.range.start, self.lower(tagged.quasi.expressions.get(place)?)))
                })
                .collect();
            let given = |place: usize| values.iter().find(|(at, _)| *at == place).map(|(_, value)| *value);
            self.lit_element(&element, start + element.at, given);
        }
    }

    /// `@customElement("x-chart")`
    pub(super) fn custom_element(&mut self, class: &Class<'_>) {
        for decorator in &class.decorators {
            if let Expression::CallExpression(call) = &decorator.expression
                && call.callee_name() == Some("customElement")
                && let Some(Expression::StringLiteral(name)) =
                    call.arguments.first().and_then(|name| name.as_expression())
            {
                self.selected_by(&name.value);
            }
        }
    }

    /// A property of Lit's goes by its name, and as an attribute in small letters.
    pub(super) fn lit_property(&mut self, all: ExprId, name: &str, default: Option<ExprId>) -> ExprId {
        let attribute = name.to_ascii_lowercase();
        let default = if attribute == name { default } else { Some(self.property(all, &attribute, default)) };
        self.property(all, name, default)
    }

    /// `customElements.define("x-chart", Chart)`
    pub(super) fn defined_element(&mut self, object: ExprId, name: ExprId, class: ExprId) {
        if *self.summary.expression(object) != Expr::Global("customElements".to_owned()) {
            return;
        }
        let Expr::Text(name) = self.summary.expression(name).clone() else { return };
        let mut class = class;
        if let Expr::Symbol(symbol) = self.summary.expression(class)
            && let Some(&value) = self.summary.binding(*symbol).and_then(|binding| binding.values.first())
        {
            class = value;
        }
        let Expr::Class(class) = self.summary.expression(class) else { return };
        let function = self.inputs.get(class).copied();
        let around = std::mem::replace(&mut self.inputs_of, function);
        self.selected_by(&name);
        self.inputs_of = around;
    }
}
