//! Code in templates: it sees the members of its component by their bare names.

use std::mem::take;

use oxc_allocator::Allocator;
use oxc_ast::ast::{Class, Expression, ExpressionStatement, ObjectPropertyKind, Statement};
use oxc_ast_visit::Visit as _;
use oxc_span::{GetSpan as _, SourceType, Span};

use crate::scan::angular;
use crate::scan::code::{Piece, SCOPE, names};
use crate::scan::elements::Element;
use crate::scan::markup;
use crate::scan::summary::parse::{program, refused};
use crate::scan::summary::{COMPONENT, Expr, ExprId, Property, Summary, template_name};

use super::{Lowerer, key_name};

impl Lowerer<'_> {
    /// Looks at the code of a template that stands at a place of the file.
    pub(super) fn template_code(&mut self, text: &str, at: usize, pieces: &[Piece], receiver: ExprId) {
        // What goes through a list says what the names in the others are.
        let (loops, others): (Vec<_>, Vec<_>) = pieces.iter().partition(|piece| piece.binds.is_some());
        for piece in loops.into_iter().chain(others) {
            let Some(code) = text.get(piece.range.clone()) else { continue };
            let (code, start) = if piece.is_expression {
                (format!("({code})"), (at + piece.range.start).saturating_sub(1))
            } else {
                (code.to_owned(), at + piece.range.start)
            };
            if refused(&code).is_some() {
                continue;
            }
            let allocator = Allocator::default();
            let parsed = program(&allocator, &code, SourceType::mjs());
            if parsed.panicked || !parsed.diagnostics.is_empty() {
                continue;
            }
            // The spans are of another text.
            let known = (take(&mut self.lowered), take(&mut self.functions), take(&mut self.classes));
            let around = (take(&mut self.guards), self.receiver.replace(receiver), self.start);
            self.start = start;
            self.visit_program(&parsed.program);
            if let (Some(binds), Some(Statement::ExpressionStatement(list))) =
                (&piece.binds, parsed.program.body.first())
            {
                let list = self.lower(&list.expression);
                self.bind_elements(binds, list);
            }
            (self.lowered, self.functions, self.classes) = known;
            (self.guards, self.receiver, self.start) = around;
        }
    }

    /// The value of an expression in a template.
    pub(super) fn template_value(&mut self, code: &str, receiver: ExprId) -> Option<ExprId> {
        let code = format!("({code})");
        if refused(&code).is_some() {
            return None;
        }
        let allocator = Allocator::default();
        let parsed = program(&allocator, &code, SourceType::mjs());
        let [Statement::ExpressionStatement(statement)] = parsed.program.body.as_slice() else { return None };
        if parsed.panicked || !parsed.diagnostics.is_empty() {
            return None;
        }
        // The spans are of another text.
        let known = (take(&mut self.lowered), take(&mut self.functions), take(&mut self.classes));
        let around = self.receiver.replace(receiver);
        let value = self.lower(&statement.expression);
        (self.lowered, self.functions, self.classes) = known;
        self.receiver = around;
        Some(value)
    }

    /// The code of a list in the template of a component: `v-for="item in list"`, `{#each list as item}`.
    pub(super) fn go_through(&mut self, statement: &ExpressionStatement<'_>) {
        let at = statement.span.end as usize;
        let is_it = |piece: &&Piece| piece.binds.is_some() && piece.range.start <= at && at <= piece.range.end + 2;
        let Some(binds) = self.templates.iter().find(is_it).and_then(|piece| piece.binds.clone()) else { return };
        let list = self.lower(&statement.expression);
        self.bind_elements(&binds, list);
    }

    fn bind_elements(&mut self, binds: &str, list: ExprId) {
        if binds == SCOPE {
            // What a function gives back is known once all is visited.
            return self.loops.entry(SCOPE.to_owned()).or_default().push(list);
        }
        let any = self.summary.add(Expr::Opaque);
        let element = self.summary.add(Expr::Element(list, any));
        for (name, member) in names(binds) {
            let value = match member {
                Some(member) => self.summary.add(Expr::Member(element, member)),
                None => element,
            };
            self.loops.entry(name).or_default().push(value);
        }
    }

    /// The members of an object are names in the code of a page: those of a literal, and of what a function gives back.
    fn bind_members(&mut self, scope: ExprId) {
        let scope = self.innermost(scope);
        let mut objects = vec![scope];
        let called = match self.summary.expression(scope) {
            Expr::Call(callee, _) => Some(*callee),
            _ => None,
        };
        let called = called.and_then(|callee| match self.summary.expression(callee) {
            Expr::Symbol(symbol) => self.summary.binding(*symbol)?.values.first().copied(),
            _ => Some(callee),
        });
        if let Some(Expr::Function(function)) = called.map(|called| self.summary.expression(called)) {
            objects
                .extend(self.summary.function(*function).map(|function| function.returns.clone()).unwrap_or_default());
        }
        for object in objects {
            let object = self.innermost(object);
            let Expr::Object(properties) = self.summary.expression(object).clone() else { continue };
            for property in properties {
                if let Property::Named(name, _) = property {
                    let member = self.summary.add(Expr::Member(object, name.clone()));
                    self.loops.entry(name).or_default().push(member);
                }
            }
        }
    }

    /// What stands in brackets, or is waited for.
    fn innermost(&self, mut id: ExprId) -> ExprId {
        while let Expr::Either(values) = self.summary.expression(id)
            && let &[only] = values.as_slice()
        {
            id = only;
        }
        id
    }

    /// Adds the code of a template to what its page has: the component is in the module beside it.
    pub(in crate::scan::summary) fn beside(
        &mut self,
        summary: Summary,
        text: &str,
        pieces: &[Piece],
        elements: &[Element],
    ) -> Summary {
        self.summary = summary;
        let component = Expr::Import { source: COMPONENT.to_owned(), name: "this".to_owned() };
        let receiver = self.summary.add(component);
        self.template_code(text, 0, pieces, receiver);
        self.template_elements(text, 0, elements, receiver);
        take(&mut self.summary)
    }

    /// The template that a decorator of Angular's names: within it or in a file of its own.
    pub(super) fn component_template(&mut self, class: &Class<'_>, id: u32) {
        let options = class.decorators.iter().find_map(|decorator| match &decorator.expression {
            Expression::CallExpression(call) if call.callee_name() == Some("Component") => {
                match call.arguments.first()?.as_expression()? {
                    Expression::ObjectExpression(options) => Some(options),
                    _ => None,
                }
            }
            _ => None,
        });
        let Some(options) = options else { return };
        for option in &options.properties {
            let ObjectPropertyKind::ObjectProperty(option) = option else { continue };
            match (key_name(&option.key).as_deref(), &option.value) {
                (Some("selector"), Expression::StringLiteral(selector)) => self.selected_by(&selector.value),
                (Some("templateUrl"), Expression::StringLiteral(path)) => {
                    let this = self.summary.add(Expr::This(id));
                    self.summary.exports.entry(template_name(&path.value)).or_insert(this);
                }
                (Some("template"), value @ (Expression::StringLiteral(_) | Expression::TemplateLiteral(_))) => {
                    // As it is written, so that places stay; what stands in for a character is rare in code.
                    let Span { start, end, .. } = value.span();
                    let (start, end) = (start as usize + 1, (end as usize).saturating_sub(1));
                    let Some(template) = self.text.get(start..end) else { continue };
                    let this = self.summary.add(Expr::This(id));
                    self.template_code(template, start, &angular::pieces(template), this);
                    self.template_elements(template, start, &angular::elements(template), this);
                }
                _ => {}
            }
        }
    }

    /// The template that the options of a component have as a text.
    pub(super) fn template_of_options(&mut self, span: Span, class: u32) {
        // As it is written, so that places stay.
        let (start, end) = (span.start as usize + 1, (span.end as usize).saturating_sub(1));
        let Some(template) = self.text.get(start..end) else { return };
        let this = self.summary.add(Expr::This(class));
        self.template_code(template, start, &markup::pieces_of_vue(template), this);
        self.template_elements(template, start, &markup::elements_of_vue(template), this);
    }

    /// Names in a template that its script doesn't know are members of the component, where that has such ones.
    pub(super) fn bind_template(&mut self) {
        let scopes = self.loops.remove(SCOPE).unwrap_or_default();
        for scope in scopes {
            self.bind_members(scope);
        }
        let class = self.component.or_else(|| self.exported_class());
        let this = class.map(|class| self.summary.add(Expr::This(class)));
        for (id, symbol) in take(&mut self.symbols_of_template) {
            if let Some(value) = self.value_of_holder(symbol)
                && let Some(expression) = usize::try_from(id).ok().and_then(|id| self.summary.expressions.get_mut(id))
            {
                *expression = Expr::Either(vec![value]);
            }
        }
        for (id, name) in take(&mut self.of_template) {
            let has_it = |class: &super::super::Class| class.members.iter().any(|(member, _)| *member == name);
            let value = match (self.loops.get(&name), this) {
                (Some(elements), _) => Expr::Either(elements.clone()),
                (None, Some(this)) if class.and_then(|class| self.summary.class(class)).is_some_and(has_it) => {
                    Expr::Member(this, name)
                }
                (None, _) => continue,
            };
            if let Some(expression) = usize::try_from(id).ok().and_then(|id| self.summary.expressions.get_mut(id)) {
                *expression = value;
            }
        }
    }

    /// What is held by what a name of the script stands for: a template says `url` for `url.value`.
    fn value_of_holder(&self, symbol: u32) -> Option<ExprId> {
        let held = self.innermost(*self.summary.binding(symbol)?.values.first()?);
        match self.summary.expression(held) {
            Expr::Object(properties) => match properties.as_slice() {
                [Property::Named(first, value), Property::Named(second, _)]
                    if first == "value" && second == "current" =>
                {
                    Some(*value)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// A component that is written as a class.
    pub(super) fn exported_class(&self) -> Option<u32> {
        let mut value = *self.summary.exports.get("default")?;
        if let Expr::Symbol(symbol) = self.summary.expression(value) {
            value = *self.summary.binding(*symbol)?.values.first()?;
        }
        match self.summary.expression(value) {
            Expr::Class(class) => Some(*class),
            _ => None,
        }
    }
}
