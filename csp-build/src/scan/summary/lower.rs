//! From a syntax tree to a summary.

use std::collections::HashMap;

use oxc_ast::ast::{
    Argument, ArrayExpressionElement, ArrowFunctionBody, ArrowFunctionExpression, AssignmentExpression,
    AssignmentOperator, AssignmentTarget, BindingIdentifier, BindingPattern, CallExpression, ChainElement, Class,
    ClassElement, Declaration, ExportAllDeclaration, ExportDeclaration, ExportDefaultDeclaration,
    ExportDefaultDeclarationKind, ExportFromDeclaration, ExportNamedDeclaration, Expression, ForOfStatement,
    ForStatementLeft, FormalParameters, Function as SyntaxFunction, IdentifierReference, ImportAttributeKey,
    ImportDeclaration, ImportDeclarationSpecifier, MethodDefinitionKind, ModuleExportName, NewExpression,
    ObjectExpression, ObjectPropertyKind, PropertyKey, ReturnStatement, TSEnumDeclaration, TSExportAssignment, TSType,
    TSTypeAnnotation, TSTypeName, TemplateLiteral, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_semantic::Scoping;
use oxc_span::{GetSpan as _, Span};
use oxc_syntax::operator::{BinaryOperator, LogicalOperator};
use oxc_syntax::scope::ScopeFlags;

use super::{Binding, CallSite, Expr, ExprId, Function, Parameter, Property, Summary};

/// Methods of arrays that call a function with each element.
const EACH: &[&str] = &["every", "filter", "find", "flatMap", "forEach", "map", "some"];

/// What `this` is.
#[derive(Clone, Copy)]
enum This {
    Class(u32),
    Object(ExprId),
    Unknown,
}

pub(super) struct Lowerer<'s> {
    scoping: &'s Scoping,
    text: &'s str,
    summary: Summary,
    /// Each expression is lowered once.
    lowered: HashMap<Span, ExprId>,
    functions: HashMap<Span, u32>,
    classes: HashMap<Span, u32>,
    enclosing: Vec<u32>,
    this: Vec<This>,
    /// What `this` is in the function that is visited next.
    next_this: Option<This>,
}

impl<'s> Lowerer<'s> {
    pub(super) fn new(scoping: &'s Scoping, text: &'s str) -> Self {
        let binding = |name: &str| Binding { name: name.to_owned(), ..Binding::default() };
        let bindings = scoping.symbol_names().map(binding).collect();
        Self {
            scoping,
            text,
            summary: Summary { bindings, ..Summary::default() },
            lowered: HashMap::new(),
            functions: HashMap::new(),
            classes: HashMap::new(),
            enclosing: Vec::new(),
            this: Vec::new(),
            next_this: None,
        }
    }

    pub(super) fn finish(self) -> Summary {
        self.summary
    }

    pub(super) fn lower(&mut self, expression: &Expression<'_>) -> ExprId {
        let span = expression.span();
        if let Some(&id) = self.lowered.get(&span) {
            return id;
        }
        let lowered = self.lower_anew(expression);
        let id = self.summary.add(lowered);
        self.lowered.insert(span, id);
        id
    }

    fn lower_anew(&mut self, expression: &Expression<'_>) -> Expr {
        match expression {
            Expression::StringLiteral(literal) => Expr::Text(literal.value.to_string()),
            Expression::NumericLiteral(number) => Expr::Text(number.value.to_string()),
            Expression::TemplateLiteral(template) => self.template(template),
            Expression::Identifier(identifier) => self.reference(identifier),
            Expression::BinaryExpression(binary) if binary.operator == BinaryOperator::Addition => self.sum(expression),
            Expression::ConditionalExpression(choice) => {
                Expr::Either(vec![self.lower(&choice.consequent), self.lower(&choice.alternate)])
            }
            Expression::LogicalExpression(logical) => {
                let (left, right) = (self.lower(&logical.left), self.lower(&logical.right));
                match logical.operator {
                    LogicalOperator::Or | LogicalOperator::Coalesce => Expr::Coalesce(left, right),
                    LogicalOperator::And => Expr::Either(vec![right]),
                }
            }
            Expression::StaticMemberExpression(member) => {
                Expr::Member(self.lower(&member.object), member.property.name.to_string())
            }
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
            Expression::NewExpression(new) => Expr::New(self.lower(&new.callee), self.arguments(&new.arguments)),
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
            Expression::ArrayExpression(array) => {
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
            Expression::FunctionExpression(function) => Expr::Function(self.function_id(function.span)),
            Expression::ArrowFunctionExpression(function) => Expr::Function(self.function_id(function.span)),
            Expression::ClassExpression(class) => Expr::Class(self.class_id(class.span)),
            Expression::ThisExpression(_) => match self.this.last() {
                Some(This::Class(class)) => Expr::This(*class),
                Some(This::Object(object)) => Expr::Either(vec![*object]),
                Some(This::Unknown) | None => Expr::Global("this".to_owned()),
            },
            Expression::Super(_) => match self.this.last() {
                Some(This::Class(class)) => Expr::Super(*class),
                _ => Expr::Opaque,
            },
            Expression::ImportMeta(_) => Expr::ImportMeta,
            Expression::ImportExpression(import) => match &import.source {
                Expression::StringLiteral(source) => {
                    Expr::Import { source: source.value.to_string(), name: "*".to_owned() }
                }
                _ => Expr::Opaque,
            },
            Expression::AssignmentExpression(assignment) => Expr::Either(vec![self.lower(&assignment.right)]),
            Expression::AwaitExpression(awaited) => Expr::Either(vec![self.lower(&awaited.argument)]),
            Expression::ParenthesizedExpression(inner) => Expr::Either(vec![self.lower(&inner.expression)]),
            Expression::SequenceExpression(sequence) => match sequence.expressions.last() {
                Some(last) => Expr::Either(vec![self.lower(last)]),
                None => Expr::Opaque,
            },
            Expression::RegExpLiteral(pattern) => Expr::Pattern(pattern.regex.pattern.text.to_string()),
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

    /// `a + b + c`, which the parser nests to the left, in one row.
    fn sum(&mut self, expression: &Expression<'_>) -> Expr {
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

    fn template(&mut self, template: &TemplateLiteral<'_>) -> Expr {
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

    fn reference(&self, identifier: &IdentifierReference<'_>) -> Expr {
        let symbol = identifier.reference_id.get().and_then(|id| self.scoping.get_reference(id).symbol_id());
        match symbol {
            Some(symbol) => Expr::Symbol(index(symbol.index())),
            None => Expr::Global(identifier.name.to_string()),
        }
    }

    fn call(&mut self, call: &CallExpression<'_>) -> Expr {
        if let (Expression::Identifier(name), [Argument::StringLiteral(source)]) =
            (&call.callee, call.arguments.as_slice())
            && name.name == "require"
            && matches!(self.reference(name), Expr::Global(_))
        {
            return Expr::Import { source: source.value.to_string(), name: "*".to_owned() };
        }
        Expr::Call(self.lower(&call.callee), self.arguments(&call.arguments))
    }

    /// The call that a call makes of the function it is given.
    fn callback(&mut self, call: ExprId) -> Option<ExprId> {
        let Expr::Call(callee, arguments) = self.summary.expression(call).clone() else { return None };
        let name = match self.summary.expression(callee) {
            Expr::Member(object, name) if EACH.contains(&name.as_str()) => {
                let object = *object;
                let any = self.summary.add(Expr::Opaque);
                let element = self.summary.add(Expr::Element(object, any));
                return Some(self.summary.add(Expr::Call(*arguments.first()?, vec![element])));
            }
            Expr::Member(object, name) if name == "then" => {
                let object = *object;
                return Some(self.summary.add(Expr::Call(*arguments.first()?, vec![object])));
            }
            Expr::Symbol(symbol) => &self.summary.binding(*symbol)?.name,
            _ => return None,
        };
        match (name.as_str(), arguments.as_slice()) {
            ("useSWR" | "useSWRImmutable", &[key, fetcher, ..]) => {
                Some(self.summary.add(Expr::Call(fetcher, vec![key])))
            }
            _ => None,
        }
    }

    /// The arguments up to a spread one.
    fn arguments(&mut self, arguments: &[Argument<'_>]) -> Vec<ExprId> {
        let mut ids = Vec::new();
        for argument in arguments {
            match argument.as_expression() {
                Some(argument) => ids.push(self.lower(argument)),
                None => {
                    // What is spread can be any of those that follow.
                    let unknown = self.summary.add(Expr::Opaque);
                    ids.extend([unknown; 8]);
                    break;
                }
            }
        }
        ids
    }

    fn object(&mut self, object: &ObjectExpression<'_>) -> Expr {
        let mut properties = Vec::new();
        for property in &object.properties {
            properties.push(match property {
                ObjectPropertyKind::SpreadProperty(spread) => Property::Spread(self.lower(&spread.argument)),
                ObjectPropertyKind::ObjectProperty(property) => {
                    let value = self.lower(&property.value);
                    match key_name(&property.key) {
                        Some(name) => Property::Named(name, value),
                        None => Property::Computed(value),
                    }
                }
            });
        }
        Expr::Object(properties)
    }

    fn function_id(&mut self, span: Span) -> u32 {
        let functions = &mut self.summary.functions;
        *self.functions.entry(span).or_insert_with(|| {
            functions.push(Function::default());
            index(functions.len() - 1)
        })
    }

    fn class_id(&mut self, span: Span) -> u32 {
        let classes = &mut self.summary.classes;
        *self.classes.entry(span).or_insert_with(|| {
            classes.push(super::Class::default());
            index(classes.len() - 1)
        })
    }

    fn class_mut(&mut self, id: u32) -> Option<&mut super::Class> {
        self.summary.classes.get_mut(usize::try_from(id).ok()?)
    }

    fn function_mut(&mut self, id: u32) -> Option<&mut Function> {
        self.summary.functions.get_mut(usize::try_from(id).ok()?)
    }

    fn binding_mut(&mut self, identifier: &BindingIdentifier<'_>) -> Option<&mut Binding> {
        self.summary.bindings.get_mut(identifier.symbol_id.get()?.index())
    }

    fn symbol_of(&self, identifier: &BindingIdentifier<'_>) -> Expr {
        identifier.symbol_id.get().map_or(Expr::Opaque, |symbol| Expr::Symbol(index(symbol.index())))
    }

    /// Gives the names of a pattern their values.
    fn bind(&mut self, pattern: &BindingPattern<'_>, value: ExprId) {
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => {
                if let Some(binding) = self.binding_mut(identifier) {
                    binding.values.push(value);
                }
            }
            BindingPattern::ObjectPattern(object) => {
                for property in &object.properties {
                    let member = match key_name(&property.key) {
                        Some(name) => Expr::Member(value, name),
                        None => Expr::Opaque,
                    };
                    let member = self.summary.add(member);
                    self.bind(&property.value, member);
                }
                if let Some(rest) = &object.rest {
                    self.bind(&rest.argument, value);
                }
            }
            BindingPattern::ArrayPattern(array) => {
                for (place, element) in array.elements.iter().enumerate() {
                    if let Some(element) = element {
                        let member = self.summary.add(Expr::Member(value, place.to_string()));
                        self.bind(element, member);
                    }
                }
                if let Some(rest) = &array.rest {
                    let unknown = self.summary.add(Expr::Opaque);
                    self.bind(&rest.argument, unknown);
                }
            }
            BindingPattern::AssignmentPattern(default) => {
                let fallback = self.lower(&default.right);
                let either = self.summary.add(Expr::Coalesce(value, fallback));
                self.bind(&default.left, either);
            }
        }
    }

    fn parameters(&mut self, function: u32, parameters: &FormalParameters<'_>, is_constructor_of: Option<u32>) {
        for (place, parameter) in parameters.items.iter().enumerate() {
            let mut value = self.summary.add(Expr::Parameter { function, index: place });
            if let Some(initializer) = &parameter.initializer {
                let fallback = self.lower(initializer);
                value = self.summary.add(Expr::Coalesce(value, fallback));
            }
            self.bind(&parameter.pattern, value);
            let annotation = parameter.type_annotation.as_deref().and_then(|annotation| self.annotation(annotation));
            let name = match &parameter.pattern {
                BindingPattern::BindingIdentifier(identifier) => identifier.name.to_string(),
                other => self.source(other.span()),
            };
            if let (Some(class), true) = (is_constructor_of, parameter.accessibility.is_some() || parameter.readonly)
                && let Some(class) = self.class_mut(class)
            {
                class.members.push((name.clone(), value));
            }
            if let Some(function) = self.function_mut(function) {
                function.parameters.push(Parameter { name, annotation });
            }
        }
        if let Some(rest) = &parameters.rest {
            let unknown = self.summary.add(Expr::Opaque);
            self.bind(&rest.rest.argument, unknown);
        }
    }

    /// A type that is a name, as the expression of that name.
    fn annotation(&mut self, annotation: &TSTypeAnnotation<'_>) -> Option<ExprId> {
        let TSType::TSTypeReference(reference) = &annotation.type_annotation else { return None };
        let TSTypeName::IdentifierReference(name) = &reference.type_name else { return None };
        let lowered = self.reference(name);
        Some(self.summary.add(lowered))
    }

    fn source(&self, span: Span) -> String {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default().chars().take(40).collect()
    }

    fn export(&mut self, name: &str, value: ExprId) {
        self.summary.exports.entry(name.to_owned()).or_insert(value);
    }

    fn export_names(&mut self, pattern: &BindingPattern<'_>) {
        match pattern {
            BindingPattern::BindingIdentifier(identifier) => {
                let symbol = self.symbol_of(identifier);
                let value = self.summary.add(symbol);
                self.export(&identifier.name, value);
            }
            BindingPattern::ObjectPattern(object) => {
                object.properties.iter().for_each(|property| self.export_names(&property.value));
            }
            BindingPattern::ArrayPattern(array) => {
                array.elements.iter().flatten().for_each(|element| self.export_names(element));
            }
            BindingPattern::AssignmentPattern(default) => self.export_names(&default.left),
        }
    }

    /// Assigns to a name, to a member of `this`, or to a member of anything.
    fn assign(&mut self, target: &AssignmentTarget<'_>, operator: AssignmentOperator, right: &Expression<'_>) {
        let value = self.lower(right);
        if let AssignmentTarget::AssignmentTargetIdentifier(identifier) = target {
            let Expr::Symbol(symbol) = self.reference(identifier) else {
                let global = self.summary.add(Expr::Global(identifier.name.to_string()));
                self.summary.assignments.push((global, value));
                return;
            };
            let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
            match (binding, operator) {
                (Some(binding), AssignmentOperator::Addition) => binding.appended = true,
                (Some(binding), _) => binding.values.push(value),
                (None, _) => {}
            }
            return;
        }
        let (object, name) = match target {
            AssignmentTarget::StaticMemberExpression(member) => {
                (self.lower(&member.object), member.property.name.to_string())
            }
            AssignmentTarget::PrivateFieldExpression(member) => {
                (self.lower(&member.object), format!("#{}", member.field.name))
            }
            AssignmentTarget::ComputedMemberExpression(member) => match member.static_property_name() {
                Some(name) => (self.lower(&member.object), name.to_string()),
                None => return,
            },
            _ => return,
        };
        match self.summary.expression(object).clone() {
            Expr::This(class) => {
                if let Some(class) = self.class_mut(class) {
                    class.members.push((name, value));
                }
            }
            Expr::Global(global) if global == "exports" => self.export(&name, value),
            Expr::Global(global) if global == "module" && name == "exports" => self.summary.whole = Some(value),
            Expr::Member(module, exports)
                if exports == "exports" && *self.summary.expression(module) == Expr::Global("module".to_owned()) =>
            {
                self.export(&name, value);
            }
            Expr::Symbol(symbol) => {
                let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
                if let Some(binding) = binding {
                    binding.members.push((name.clone(), value));
                }
                let target = self.summary.add(Expr::Member(object, name));
                self.summary.assignments.push((target, value));
            }
            _ => {
                let target = self.summary.add(Expr::Member(object, name));
                self.summary.assignments.push((target, value));
            }
        }
    }
}

fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn key_name(key: &PropertyKey<'_>) -> Option<String> {
    match key {
        PropertyKey::PrivateIdentifier(name) => Some(format!("#{}", name.name)),
        key => key.static_name().map(std::borrow::Cow::into_owned),
    }
}

fn export_name(name: &ModuleExportName<'_>) -> String {
    name.name().to_string()
}

impl<'a> Visit<'a> for Lowerer<'_> {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let lowered = match self.lowered.get(&call.span) {
            Some(&id) => id,
            None => {
                let lowered = self.call(call);
                let id = self.summary.add(lowered);
                self.lowered.insert(call.span, id);
                id
            }
        };
        let offset = call.span.start as usize;
        self.summary.calls.push(CallSite { expression: lowered, offset });
        if let Some(expression) = self.callback(lowered) {
            self.summary.calls.push(CallSite { expression, offset });
        }
        walk::walk_call_expression(self, call);
    }

    fn visit_new_expression(&mut self, new: &NewExpression<'a>) {
        let lowered = match self.lowered.get(&new.span) {
            Some(&id) => id,
            None => {
                let lowered = Expr::New(self.lower(&new.callee), self.arguments(&new.arguments));
                let id = self.summary.add(lowered);
                self.lowered.insert(new.span, id);
                id
            }
        };
        self.summary.calls.push(CallSite { expression: lowered, offset: new.span.start as usize });
        walk::walk_new_expression(self, new);
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        if let Some(init) = &declarator.init {
            let value = self.lower(init);
            self.bind(&declarator.id, value);
        }
        if let (BindingPattern::BindingIdentifier(identifier), Some(annotation)) =
            (&declarator.id, &declarator.type_annotation)
        {
            let annotation = self.annotation(annotation);
            if let Some(binding) = self.binding_mut(identifier) {
                binding.annotation = annotation;
            }
        }
        walk::walk_variable_declarator(self, declarator);
    }

    fn visit_for_of_statement(&mut self, each: &ForOfStatement<'a>) {
        if let ForStatementLeft::VariableDeclaration(declaration) = &each.left {
            let all = self.lower(&each.right);
            let any = self.summary.add(Expr::Opaque);
            let element = self.summary.add(Expr::Element(all, any));
            for declarator in &declaration.declarations {
                self.bind(&declarator.id, element);
            }
        }
        walk::walk_for_of_statement(self, each);
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        self.assign(&assignment.left, assignment.operator, &assignment.right);
        walk::walk_assignment_expression(self, assignment);
    }

    fn visit_object_expression(&mut self, object: &ObjectExpression<'a>) {
        let id = match self.lowered.get(&object.span) {
            Some(&id) => id,
            None => {
                let lowered = self.object(object);
                let id = self.summary.add(lowered);
                self.lowered.insert(object.span, id);
                id
            }
        };
        for property in &object.properties {
            if let ObjectPropertyKind::ObjectProperty(property) = property
                && matches!(property.value, Expression::FunctionExpression(_))
            {
                self.next_this = Some(This::Object(id));
            }
            self.visit_object_property_kind(property);
            self.next_this = None;
        }
    }

    fn visit_function(&mut self, function: &SyntaxFunction<'a>, flags: ScopeFlags) {
        let this = self.next_this.take().unwrap_or(This::Unknown);
        let id = self.function_id(function.span);
        if let Some(name) = &function.id {
            let value = self.summary.add(Expr::Function(id));
            if let Some(binding) = self.binding_mut(name) {
                binding.values.push(value);
            }
        }
        let class = match this {
            This::Class(class) => Some(class),
            This::Object(_) | This::Unknown => None,
        };
        if let Some(entry) = self.function_mut(id) {
            entry.name = function.id.as_ref().map(|name| name.name.to_string());
            entry.class = class;
        }
        self.this.push(this);
        let constructor = class.filter(|_| flags.contains(ScopeFlags::Constructor));
        self.parameters(id, &function.params, constructor);
        self.enclosing.push(id);
        walk::walk_function(self, function, flags);
        self.enclosing.pop();
        self.this.pop();
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        self.next_this = None;
        let id = self.function_id(function.span);
        self.parameters(id, &function.params, None);
        self.enclosing.push(id);
        if let ArrowFunctionBody::FunctionBody(_) = &function.body {
        } else if let Some(expression) = function.body.as_expression() {
            let value = self.lower(expression);
            if let Some(entry) = self.function_mut(id) {
                entry.returns.push(value);
            }
        }
        walk::walk_arrow_function_expression(self, function);
        self.enclosing.pop();
    }

    fn visit_return_statement(&mut self, statement: &ReturnStatement<'a>) {
        if let (Some(argument), Some(&function)) = (&statement.argument, self.enclosing.last()) {
            let value = self.lower(argument);
            if let Some(function) = self.function_mut(function) {
                function.returns.push(value);
            }
        }
        walk::walk_return_statement(self, statement);
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        let id = self.class_id(class.span);
        if let Some(name) = &class.id {
            let value = self.summary.add(Expr::Class(id));
            if let Some(binding) = self.binding_mut(name) {
                binding.values.push(value);
            }
        }
        let parent = class.heritage.as_ref().map(|heritage| self.lower(&heritage.expression));
        if let Some(entry) = self.class_mut(id) {
            entry.parent = parent;
        }
        self.this.push(This::Class(id));
        for element in &class.body.body {
            match element {
                ClassElement::MethodDefinition(method) => {
                    let function = self.function_id(method.value.span);
                    let name = key_name(&method.key);
                    let mut value = self.summary.add(Expr::Function(function));
                    if method.kind == MethodDefinitionKind::Get {
                        value = self.summary.add(Expr::Call(value, Vec::new()));
                    }
                    if let Some(entry) = self.class_mut(id) {
                        match (method.kind, name) {
                            (MethodDefinitionKind::Constructor, _) => entry.constructor = Some(function),
                            (MethodDefinitionKind::Method | MethodDefinitionKind::Get, Some(name)) => {
                                entry.members.push((name, value));
                            }
                            _ => {}
                        }
                    }
                    self.next_this = Some(This::Class(id));
                    self.visit_method_definition(method);
                    self.next_this = None;
                }
                ClassElement::PropertyDefinition(property) => {
                    if let (Some(name), Some(value)) = (key_name(&property.key), &property.value) {
                        let value = self.lower(value);
                        if let Some(entry) = self.class_mut(id) {
                            entry.members.push((name, value));
                        }
                    }
                    self.visit_property_definition(property);
                }
                other => self.visit_class_element(other),
            }
        }
        self.this.pop();
    }

    fn visit_ts_enum_declaration(&mut self, declaration: &TSEnumDeclaration<'a>) {
        let mut properties = Vec::new();
        for member in &declaration.body.members {
            if let Some(initializer) = &member.initializer {
                let value = self.lower(initializer);
                properties.push(Property::Named(member.id.static_name().to_string(), value));
            }
        }
        let value = self.summary.add(Expr::Object(properties));
        if let Some(binding) = self.binding_mut(&declaration.id) {
            binding.values.push(value);
        }
    }

    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        let source = import.source.value.to_string();
        let is_json = import.with_clause.as_ref().is_some_and(|clause| {
            clause.with_entries.iter().any(|entry| {
                let key = match &entry.key {
                    ImportAttributeKey::Identifier(name) => name.name.as_str(),
                    ImportAttributeKey::StringLiteral(name) => name.value.as_str(),
                };
                key == "type" && entry.value.value == "json"
            })
        });
        if is_json && (source.contains("://") || source.starts_with('/')) {
            let url = self.summary.add(Expr::Text(source.clone()));
            let site = CallSite { expression: url, offset: import.span.start as usize };
            self.summary.direct.push(("import json".to_owned(), site));
        }
        for specifier in import.specifiers.iter().flatten() {
            let (local, name) = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(specifier) => {
                    (&specifier.local, export_name(&specifier.imported))
                }
                ImportDeclarationSpecifier::ImportDefaultSpecifier(specifier) => {
                    (&specifier.local, "default".to_owned())
                }
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(specifier) => (&specifier.local, "*".to_owned()),
            };
            let value = self.summary.add(Expr::Import { source: source.clone(), name });
            if let Some(binding) = self.binding_mut(local) {
                binding.values.push(value);
            }
        }
    }

    fn visit_export_declaration(&mut self, export: &ExportDeclaration<'a>) {
        match &export.declaration {
            Declaration::VariableDeclaration(declaration) => {
                declaration.declarations.iter().for_each(|declarator| self.export_names(&declarator.id));
            }
            declaration => {
                if let Some(identifier) = declaration.id() {
                    let symbol = self.symbol_of(identifier);
                    let value = self.summary.add(symbol);
                    self.export(&identifier.name, value);
                }
            }
        }
        walk::walk_export_declaration(self, export);
    }

    fn visit_export_named_declaration(&mut self, export: &ExportNamedDeclaration<'a>) {
        for specifier in &export.specifiers {
            let value = match &specifier.local {
                ModuleExportName::IdentifierReference(identifier) => self.reference(identifier),
                ModuleExportName::IdentifierName(_) | ModuleExportName::StringLiteral(_) => Expr::Opaque,
            };
            let value = self.summary.add(value);
            self.export(&export_name(&specifier.exported), value);
        }
    }

    fn visit_export_from_declaration(&mut self, export: &ExportFromDeclaration<'a>) {
        for specifier in &export.specifiers {
            let (source, name) = (export.source.value.to_string(), export_name(&specifier.local));
            let value = self.summary.add(Expr::Import { source, name });
            self.export(&export_name(&specifier.exported), value);
        }
    }

    fn visit_export_all_declaration(&mut self, export: &ExportAllDeclaration<'a>) {
        let source = export.source.value.to_string();
        match &export.exported {
            Some(name) => {
                let value = self.summary.add(Expr::Import { source, name: "*".to_owned() });
                self.export(&export_name(name), value);
            }
            None => self.summary.stars.push(source),
        }
    }

    fn visit_export_default_declaration(&mut self, export: &ExportDefaultDeclaration<'a>) {
        let value = match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                Expr::Function(self.function_id(function.span))
            }
            ExportDefaultDeclarationKind::ClassDeclaration(class) => Expr::Class(self.class_id(class.span)),
            declaration => match declaration.as_expression() {
                Some(expression) => Expr::Either(vec![self.lower(expression)]),
                None => Expr::Opaque,
            },
        };
        let value = self.summary.add(value);
        self.export("default", value);
        walk::walk_export_default_declaration(self, export);
    }

    fn visit_ts_export_assignment(&mut self, export: &TSExportAssignment<'a>) {
        let value = self.lower(&export.expression);
        self.summary.whole = Some(value);
        walk::walk_ts_export_assignment(self, export);
    }
}
