//! The walk over a syntax tree.

use oxc_allocator::Vec as ArenaVec;
use oxc_ast::ast::{
    ArrayExpression, ArrowFunctionBody, ArrowFunctionExpression, AssignmentExpression, BindingPattern, CallExpression,
    Class, ConditionalExpression, ExportAllDeclaration, ExportDeclaration, ExportDefaultDeclaration,
    ExportFromDeclaration, ExportNamedDeclaration, Expression, ExpressionStatement, ForOfStatement, ForStatementLeft,
    Function as SyntaxFunction, IfStatement, ImportDeclaration, JSXElement, JSXOpeningElement, LogicalExpression,
    NewExpression, ObjectExpression, ObjectPropertyKind, ReturnStatement, SimpleAssignmentTarget, Statement,
    TSEnumDeclaration, TSExportAssignment, TSNamespaceDeclaration, TaggedTemplateExpression, UpdateExpression,
    VariableDeclaration, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_syntax::operator::LogicalOperator;
use oxc_syntax::scope::ScopeFlags;

use crate::scan::summary::Expr;

use super::component::is_part;
use super::server::is_use_server;
use super::steps::Steps;
use super::{Lowerer, This, key_name};

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
        self.site(lowered, offset);
        if let Some(expression) = self.callback(lowered) {
            self.site(expression, offset);
        }
        if let Expr::Call(callee, arguments) = self.summary.expression(lowered).clone() {
            self.inherit(callee, &arguments);
        }
        self.queried(lowered, offset);
        self.push(lowered);
        self.re_export(call, lowered);
        self.define_getters(call, lowered);
        self.loaded(call);
        self.register_module(call);
        self.exported_by_loader(lowered);
        self.called_tokens(lowered);
        self.registered(lowered);
        let base_query = self.base_query(call);
        let count = self.base_queries.len();
        self.base_queries.extend(base_query);
        if !self.visit_given_to_server(call) {
            self.visit_call_parts(call);
        }
        self.base_queries.truncate(count);
    }

    fn visit_new_expression(&mut self, new: &NewExpression<'a>) {
        let lowered = match self.lowered.get(&new.span) {
            Some(&id) => id,
            None => {
                let lowered = self.construction(new);
                let id = self.summary.add(lowered);
                self.lowered.insert(new.span, id);
                id
            }
        };
        self.site(lowered, new.span.start as usize);
        self.token(new, lowered);
        self.default_query(lowered);
        walk::walk_new_expression(self, new);
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        self.note_helper_variable(declarator);
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

    fn visit_variable_declaration(&mut self, declaration: &VariableDeclaration<'a>) {
        // What is only declared is there already.
        for declarator in declaration.declarations.iter().filter(|_| declaration.declare) {
            if let BindingPattern::BindingIdentifier(identifier) = &declarator.id {
                let global = self.summary.add(Expr::Global(identifier.name.to_string()));
                self.bind(&declarator.id, global);
            }
        }
        walk::walk_variable_declaration(self, declaration);
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

    fn visit_update_expression(&mut self, update: &UpdateExpression<'a>) {
        if let SimpleAssignmentTarget::AssignmentTargetIdentifier(name) = &update.argument
            && let Expr::Symbol(symbol) = self.reference(name)
        {
            let counted = self.summary.add(Expr::Opaque);
            let binding = usize::try_from(symbol).ok().and_then(|symbol| self.summary.bindings.get_mut(symbol));
            if let Some(binding) = binding {
                binding.values.push(counted);
            }
        }
        walk::walk_update_expression(self, update);
    }

    fn visit_expression_statement(&mut self, statement: &ExpressionStatement<'a>) {
        self.go_through(statement);
        self.given_code(statement);
        walk::walk_expression_statement(self, statement);
    }

    fn visit_statements(&mut self, statements: &ArenaVec<'a, Statement<'a>>) {
        let count = self.guards.len();
        for statement in statements {
            self.visit_statement(statement);
            if let Statement::IfStatement(branch) = statement {
                let guard = self.left_by(branch);
                self.guards.extend(guard);
            }
        }
        self.guards.truncate(count);
    }

    fn visit_if_statement(&mut self, branch: &IfStatement<'a>) {
        self.visit_expression(&branch.test);
        let test = self.test(&branch.test);
        let before = self.before_branches(branch);
        self.under(test, true, |lowerer| lowerer.visit_statement(&branch.consequent));
        if let Some(alternate) = &branch.alternate {
            self.under(test, false, |lowerer| lowerer.visit_statement(alternate));
        }
        self.after_branches(before);
    }

    fn visit_conditional_expression(&mut self, choice: &ConditionalExpression<'a>) {
        self.visit_expression(&choice.test);
        let test = self.test(&choice.test);
        self.under(test, true, |lowerer| lowerer.visit_expression(&choice.consequent));
        self.under(test, false, |lowerer| lowerer.visit_expression(&choice.alternate));
    }

    fn visit_logical_expression(&mut self, logical: &LogicalExpression<'a>) {
        self.visit_expression(&logical.left);
        let (test, holds) = match logical.operator {
            LogicalOperator::And => (self.test(&logical.left), true),
            LogicalOperator::Or => (self.test(&logical.left), false),
            LogicalOperator::Coalesce => (None, true),
        };
        self.under(test, holds, |lowerer| lowerer.visit_expression(&logical.right));
    }

    fn visit_tagged_template_expression(&mut self, tagged: &TaggedTemplateExpression<'a>) {
        self.lit_template(tagged);
        walk::walk_tagged_template_expression(self, tagged);
    }

    fn visit_jsx_element(&mut self, element: &JSXElement<'a>) {
        self.script_element(element);
        walk::walk_jsx_element(self, element);
    }

    fn visit_jsx_opening_element(&mut self, element: &JSXOpeningElement<'a>) {
        self.element(element);
        walk::walk_jsx_opening_element(self, element);
    }

    fn visit_ts_namespace_declaration(&mut self, namespace: &TSNamespaceDeclaration<'a>) {
        self.namespaces.push(Vec::new());
        walk::walk_ts_namespace_declaration(self, namespace);
        let exported = self.namespaces.pop().unwrap_or_default();
        let value = self.summary.add(Expr::Object(exported));
        if let Some(binding) = self.binding_mut(&namespace.id) {
            binding.values.push(value);
        }
    }

    fn visit_object_expression(&mut self, object: &ObjectExpression<'a>) {
        let owner = self.next_owner.take();
        let id = match self.lowered.get(&object.span) {
            Some(&id) => id,
            None => {
                let lowered = self.object(object);
                let id = self.summary.add(lowered);
                self.lowered.insert(object.span, id);
                id
            }
        };
        self.table_of_object(object, id);
        let component = if owner.is_none() { self.options_class(object) } else { None };
        let class = owner.or(component);
        for property in &object.properties {
            if let ObjectPropertyKind::ObjectProperty(property) = property {
                match &property.value {
                    Expression::FunctionExpression(_) => {
                        self.next_this = Some(class.map_or(This::Object(id), This::Class));
                    }
                    Expression::ObjectExpression(_) => {
                        let is_part = |name: Option<String>| name.is_some_and(|name| is_part(&name));
                        let is_inside = owner.is_some() || (component.is_some() && is_part(key_name(&property.key)));
                        self.next_owner = class.filter(|_| is_inside);
                    }
                    _ => {}
                }
            }
            // `value: (function () { … return function name() { … }; })()`
            let fallback = self.fallback_this;
            if let (Some(class), true) = (owner, is_called_at_once(property)) {
                self.fallback_this = Some(This::Class(class));
            }
            self.visit_object_property_kind(property);
            self.fallback_this = fallback;
            self.next_this = None;
            self.next_owner = None;
        }
    }

    fn visit_array_expression(&mut self, array: &ArrayExpression<'a>) {
        self.table_of_array(array);
        walk::walk_array_expression(self, array);
    }

    fn visit_function(&mut self, function: &SyntaxFunction<'a>, flags: ScopeFlags) {
        let this = self.next_this.take().or(self.fallback_this).unwrap_or(This::Unknown);
        self.steps.push(std::mem::take(&mut self.next_steps));
        let at_once = self.next_arguments.take().filter(|_| function.id.is_none());
        let given = self.bundle.handed.remove(&function.span).or(at_once);
        let id = self.function_id(function.span);
        self.note_runtime(function);
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
        let outer = self.enclosing.last().copied();
        self.note_awaiting(id, function.r#async);
        if let Some(entry) = self.function_mut(id) {
            entry.name = function.id.as_ref().map(|name| name.name.to_string());
            entry.class = class;
            entry.outer = outer;
        }
        self.this.push(this);
        self.plain.push(id);
        let constructor = class.filter(|_| flags.contains(ScopeFlags::Constructor));
        self.parameters(id, &function.params, constructor, given.as_deref());
        self.enclosing.push(id);
        let guards = std::mem::replace(&mut self.guards_of_function, self.guards.len());
        if let Some(body) = &function.body {
            self.note_certain(&body.statements);
        }
        let is_on_server = function.body.as_ref().is_some_and(|body| is_use_server(&body.directives));
        if !self.is_generator(function.span) {
            self.on_server(is_on_server, |lowerer| walk::walk_function(lowerer, function, flags));
        }
        self.guards_of_function = guards;
        self.note_merging(id, function.span);
        self.enclosing.pop();
        self.steps.pop();
        self.plain.pop();
        self.this.pop();
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        self.next_this = None;
        // What returns in it ends no step of the function around.
        self.steps.push(Steps::default());
        let at_once = self.next_arguments.take();
        let given = self.bundle.handed.remove(&function.span).or(at_once);
        let id = self.function_id(function.span);
        self.parameters(id, &function.params, None, given.as_deref());
        let outer = self.enclosing.last().copied();
        self.note_awaiting(id, function.r#async);
        if let Some(entry) = self.function_mut(id) {
            entry.outer = outer;
        }
        self.enclosing.push(id);
        if let ArrowFunctionBody::FunctionBody(_) = &function.body {
        } else if let Some(expression) = function.body.as_expression() {
            let value = self.lower(expression);
            if let Some(entry) = self.function_mut(id) {
                entry.returns.push(value);
            }
        }
        let guards = std::mem::replace(&mut self.guards_of_function, self.guards.len());
        let is_on_server = match &function.body {
            ArrowFunctionBody::FunctionBody(body) => {
                self.note_certain(&body.statements);
                is_use_server(&body.directives)
            }
            _ => false,
        };
        self.on_server(is_on_server, |lowerer| walk::walk_arrow_function_expression(lowerer, function));
        self.guards_of_function = guards;
        self.note_merging(id, function.span);
        self.steps.pop();
        self.enclosing.pop();
    }

    fn visit_return_statement(&mut self, statement: &ReturnStatement<'a>) {
        if self.end_step(statement) {
            return;
        }
        if let (Some(argument), Some(&function)) = (&statement.argument, self.enclosing.last()) {
            let value = self.lower(argument);
            let value = self.guarded(value);
            self.note_elements(function, argument);
            if let Some(function) = self.function_mut(function) {
                function.returns.push(value);
            }
        }
        walk::walk_return_statement(self, statement);
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        self.class_declaration(class);
    }

    fn visit_ts_enum_declaration(&mut self, declaration: &TSEnumDeclaration<'a>) {
        self.enum_declaration(declaration);
    }

    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        self.import_declaration(import);
    }

    fn visit_export_declaration(&mut self, export: &ExportDeclaration<'a>) {
        self.export_declaration(export);
    }

    fn visit_export_named_declaration(&mut self, export: &ExportNamedDeclaration<'a>) {
        self.export_named(export);
    }

    fn visit_export_from_declaration(&mut self, export: &ExportFromDeclaration<'a>) {
        self.export_from(export);
    }

    fn visit_export_all_declaration(&mut self, export: &ExportAllDeclaration<'a>) {
        self.export_all(export);
    }

    fn visit_export_default_declaration(&mut self, export: &ExportDefaultDeclaration<'a>) {
        self.export_default(export);
    }

    fn visit_ts_export_assignment(&mut self, export: &TSExportAssignment<'a>) {
        self.export_assignment(export);
    }
}

/// Whether a member is what a function gives that is called where it is written.
fn is_called_at_once(property: &ObjectPropertyKind<'_>) -> bool {
    let Some(property) = property.as_property() else { return false };
    let Expression::CallExpression(call) = property.value.get_inner_expression() else { return false };
    call.arguments.is_empty() && matches!(call.callee.get_inner_expression(), Expression::FunctionExpression(_))
}
