//! From Rust to a summary: front ends that are compiled to WebAssembly.
//!
//! Modules, structs and functions become what they are to the resolver in other languages; a crate is a package whose
//! name begins with `rust:`. What runs on the server is left out.

mod cfg;
mod expression;
mod format;
mod holder;
mod item;
mod script;
mod tokens;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::visit::Visit;

use super::parse::refused;
use super::{Binding, CallSite, Class, Expr, ExprId, Function, Parsed, Summary};
use crate::scan::report::{Reason, ReasonCode};

/// Methods that give the same text or object back, as far as a URL goes.
const PASSING: &[&str] = &[
    "as_deref",
    "as_ref",
    "as_str",
    "borrow",
    "clone",
    "cloned",
    "deref",
    "expect",
    "get_untracked",
    "into",
    "into_owned",
    "iter",
    "leak",
    "ok",
    "parse",
    "send",
    "to_owned",
    "to_string",
    "trim",
    "unwrap",
    "unwrap_or_default",
    "unwrap_throw",
    "with_untracked",
];

/// The most macros in each other: the tokens of each are read again.
const MOST_MACROS: usize = 64;

pub(super) struct Lowerer {
    summary: Summary,
    /// Names of variables and items, the innermost last.
    scopes: Vec<HashMap<String, u32>>,
    /// Those that are variables.
    variables: HashSet<u32>,
    /// Crates and modules of which all names may be meant.
    globs: Vec<String>,
    /// The functions around, and the class that `self` is of.
    enclosing: Vec<u32>,
    class: Option<u32>,
    functions: HashMap<usize, u32>,
    /// Each expression is lowered once, by where it is in memory; what macros hold is kept there.
    lowered: HashMap<usize, ExprId>,
    /// Texts that grew from what their variables began with.
    grown: HashSet<ExprId>,
    kept: Vec<Rc<syn::Expr>>,
    kept_blocks: Vec<Rc<syn::Block>>,
    kept_items: Vec<Rc<Vec<syn::Item>>>,
    /// Scripts that it has the page run.
    scripts: script::Scripts,
    /// How many macros are around, and the place of one that is in too many.
    macros: usize,
    too_deep: Option<usize>,
}

/// Parses and summarises a Rust file.
pub(crate) fn rust(text: &str) -> Parsed {
    if let Some(refused) = refused(text) {
        return refused;
    }
    let mut file = match syn::parse_file(text) {
        Ok(file) => file,
        Err(error) => {
            let at = error.span().byte_range().start;
            let problem = Some((Reason::new(ReasonCode::SyntaxError, error.to_string()), at));
            return Parsed { summary: Summary::default(), problem };
        }
    };
    let mut lowerer = Lowerer {
        summary: Summary::default(),
        scopes: vec![HashMap::new()],
        variables: HashSet::new(),
        globs: Vec::new(),
        enclosing: Vec::new(),
        class: None,
        functions: HashMap::new(),
        lowered: HashMap::new(),
        grown: HashSet::new(),
        kept: Vec::new(),
        kept_blocks: Vec::new(),
        kept_items: Vec::new(),
        scripts: script::Scripts::default(),
        macros: 0,
        too_deep: None,
    };
    file.items = file.items.into_iter().flat_map(tokens::with_statics).collect();
    if cfg::is_of_the_page(&file.attrs) {
        lowerer.module(&file.items);
    } else {
        lowerer.summary.excluded.push(String::new());
    }
    comments(text, &mut lowerer.summary);
    let broken = if lowerer.scripts.is_empty() { None } else { lowerer.embed_scripts(text) };
    let too_deep = |at| (Reason::new(ReasonCode::TooComplex, "macros in macros, too deep to be followed"), at);
    Parsed { problem: lowerer.too_deep.map(too_deep).or(broken), summary: lowerer.summary }
}

/// Comments that speak to the scan; a `//` in a string may look like one, and then says nothing.
fn comments(text: &str, summary: &mut Summary) {
    for (at, _) in text.match_indices("//") {
        let line = text.get(at + 2..).unwrap_or_default().lines().next().unwrap_or_default();
        if line.contains("csp-") {
            summary.comments.push((line.to_owned(), at));
        }
    }
}

impl Lowerer {
    fn add(&mut self, expression: Expr) -> ExprId {
        self.summary.add(expression)
    }

    /// A new variable, which hides an earlier one of its name.
    fn declare(&mut self, name: &str, span: Span, value: Option<ExprId>) -> u32 {
        let id = u32::try_from(self.summary.bindings.len()).unwrap_or(u32::MAX);
        let offset = span.byte_range().start;
        let values = value.into_iter().collect();
        self.summary.bindings.push(Binding { name: name.to_owned(), offset, values, ..Binding::default() });
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), id);
        }
        id
    }

    fn set(&mut self, binding: u32, value: ExprId) {
        let binding = usize::try_from(binding).ok().and_then(|binding| self.summary.bindings.get_mut(binding));
        if let Some(binding) = binding {
            binding.values.push(value);
        }
    }

    fn find(&self, name: &str) -> Option<u32> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).copied()
    }

    /// What a path begins with is no variable, whatever those are called.
    fn find_item(&self, name: &str) -> Option<u32> {
        let found = |scope: &HashMap<String, u32>| scope.get(name).copied().filter(|id| !self.variables.contains(id));
        self.scopes.iter().rev().find_map(found)
    }

    fn function(&mut self, at: Span) -> u32 {
        let offset = at.byte_range().start;
        if let Some(&id) = self.functions.get(&offset) {
            return id;
        }
        let id = u32::try_from(self.summary.functions.len()).unwrap_or(u32::MAX);
        self.summary.functions.push(Function { offset, ..Function::default() });
        self.functions.insert(offset, id);
        id
    }

    fn function_mut(&mut self, id: u32) -> Option<&mut Function> {
        self.summary.functions.get_mut(usize::try_from(id).ok()?)
    }

    fn class_mut(&mut self, id: u32) -> Option<&mut Class> {
        self.summary.classes.get_mut(usize::try_from(id).ok()?)
    }

    fn call_site(&mut self, expression: Expr, span: Span) {
        let expression = self.add(expression);
        self.summary.calls.push(CallSite::new(expression, span.byte_range().start));
    }

    /// The statements of a body, and what it ends with.
    fn body(&mut self, block: &syn::Block) -> Option<ExprId> {
        self.items(block.stmts.iter().filter_map(|statement| match statement {
            syn::Stmt::Item(item) => Some(item),
            _ => None,
        }));
        for statement in &block.stmts {
            self.visit_stmt(statement);
        }
        match block.stmts.last() {
            Some(syn::Stmt::Expr(last, None)) => Some(self.lower(last)),
            _ => None,
        }
    }
}

/// What is visited: calls are noted, variables declared.
impl<'a> Visit<'a> for Lowerer {
    fn visit_item(&mut self, item: &'a syn::Item) {
        self.visit_contents(item);
    }

    fn visit_block(&mut self, block: &'a syn::Block) {
        self.scopes.push(HashMap::new());
        self.body(block);
        self.scopes.pop();
    }

    fn visit_stmt(&mut self, statement: &'a syn::Stmt) {
        match statement {
            syn::Stmt::Local(local) if !cfg::is_of_the_page(&local.attrs) => {}
            syn::Stmt::Local(local) => {
                if let Some(init) = &local.init {
                    self.visit_expr(&init.expr);
                    if let Some((_, diverging)) = &init.diverge {
                        self.visit_expr(diverging);
                    }
                }
                let value = local.init.as_ref().map(|init| self.lower(&init.expr));
                self.bind(&local.pat, value);
            }
            syn::Stmt::Expr(expression, _) if !cfg::is_of_the_page(attributes(expression)) => {}
            syn::Stmt::Macro(statement) if !cfg::is_of_the_page(&statement.attrs) => {}
            statement => syn::visit::visit_stmt(self, statement),
        }
    }

    fn visit_expr_call(&mut self, call: &'a syn::ExprCall) {
        let lowered = self.lower_call(call);
        self.call_site(lowered, start(&call.func));
        self.note_script(call);
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let lowered = self.lower_method_call(call);
        self.call_site(lowered, start(&call.receiver));
        self.grow(&call.receiver, &call.method.to_string(), call.args.first());
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_closure(&mut self, closure: &'a syn::ExprClosure) {
        let id = self.function(closure.inputs_begin.span());
        self.scopes.push(HashMap::new());
        for (index, pattern) in closure.inputs.iter().enumerate() {
            let value = self.add(Expr::Parameter { function: id, index });
            self.bind(pattern, Some(value));
        }
        self.enclosing.push(id);
        let value = match &*closure.body {
            syn::Expr::Block(block) => self.body(&block.block),
            expression => {
                self.visit_expr(expression);
                Some(self.lower(expression))
            }
        };
        if let (Some(value), Some(function)) = (value, self.function_mut(id)) {
            function.returns.push(value);
        }
        self.enclosing.pop();
        self.scopes.pop();
    }

    fn visit_expr_return(&mut self, result: &'a syn::ExprReturn) {
        syn::visit::visit_expr_return(self, result);
        if let (Some(value), Some(&function)) = (&result.expr, self.enclosing.last()) {
            let value = self.lower(value);
            if let Some(function) = self.function_mut(function) {
                function.returns.push(value);
            }
        }
    }

    fn visit_expr_for_loop(&mut self, each: &'a syn::ExprForLoop) {
        self.visit_expr(&each.expr);
        let all = self.lower(&each.expr);
        let any = self.add(Expr::Opaque);
        let element = self.add(Expr::Element(all, any));
        self.scopes.push(HashMap::new());
        self.bind(&each.pat, Some(element));
        self.visit_block(&each.body);
        self.scopes.pop();
    }

    fn visit_expr_let(&mut self, binding: &'a syn::ExprLet) {
        self.visit_expr(&binding.expr);
        let value = self.lower(&binding.expr);
        self.bind(&binding.pat, Some(value));
    }

    fn visit_arm(&mut self, arm: &'a syn::Arm) {
        if !cfg::is_of_the_page(&arm.attrs) {
            return;
        }
        self.scopes.push(HashMap::new());
        self.bind(&arm.pat, None);
        self.visit_expr(&arm.body);
        self.scopes.pop();
    }

    fn visit_expr_struct(&mut self, literal: &'a syn::ExprStruct) {
        self.fields(literal);
        syn::visit::visit_expr_struct(self, literal);
    }

    fn visit_expr_assign(&mut self, assignment: &'a syn::ExprAssign) {
        if let syn::Expr::Path(path) = &*assignment.left
            && let Some(binding) = path.path.get_ident().and_then(|name| self.find(&name.to_string()))
        {
            let value = self.lower(&assignment.right);
            self.set(binding, value);
        }
        // `self.base = …`
        if let syn::Expr::Field(field) = &*assignment.left
            && let (syn::Expr::Path(object), syn::Member::Named(name)) = (&*field.base, &field.member)
            && object.path.is_ident("self")
            && let Some(class) = self.class
        {
            let value = self.lower(&assignment.right);
            if let Some(class) = self.class_mut(class) {
                class.members.push((name.to_string(), value));
            }
        }
        syn::visit::visit_expr_assign(self, assignment);
    }

    fn visit_expr_binary(&mut self, binary: &'a syn::ExprBinary) {
        syn::visit::visit_expr_binary(self, binary);
        if matches!(binary.op, syn::BinOp::AddAssign(_)) {
            self.grow(&binary.left, "+=", Some(&binary.right));
        }
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        if self.macros >= MOST_MACROS {
            self.too_deep = self.too_deep.or(Some(call.bang_token.span.byte_range().start));
            return;
        }
        self.macros += 1;
        self.visit_tokens(call);
        self.macros -= 1;
    }
}

/// Where an expression begins. The span of all of it would take as long as it is.
fn start(expression: &syn::Expr) -> Span {
    match expression {
        syn::Expr::Call(inner) => start(&inner.func),
        syn::Expr::MethodCall(inner) => start(&inner.receiver),
        syn::Expr::Await(inner) => start(&inner.base),
        syn::Expr::Try(inner) => start(&inner.expr),
        syn::Expr::Field(inner) => start(&inner.base),
        syn::Expr::Index(inner) => start(&inner.expr),
        syn::Expr::Paren(inner) => inner.paren_token.span.open(),
        syn::Expr::Block(inner) => inner.block.brace_token.span.open(),
        syn::Expr::Macro(inner) => inner.mac.path.span(),
        other => other.span(),
    }
}

fn attributes(expression: &syn::Expr) -> &[syn::Attribute] {
    match expression {
        syn::Expr::Block(inner) => &inner.attrs,
        syn::Expr::Call(inner) => &inner.attrs,
        syn::Expr::MethodCall(inner) => &inner.attrs,
        syn::Expr::If(inner) => &inner.attrs,
        syn::Expr::Macro(inner) => &inner.attrs,
        syn::Expr::Assign(inner) => &inner.attrs,
        _ => &[],
    }
}
