//! Code that frameworks take out of what they send to browsers: it runs on the server alone.

use oxc_ast::ast::{
    CallExpression, Declaration, Directive, Function, ImportDeclarationSpecifier, Program, Statement,
    VariableDeclarator,
};
use oxc_span::Span;

use crate::scan::summary::{Expr, ExprId};

use super::Lowerer;

/// What modules of Next.js and Gatsby export for the server, which calls it.
const CALLED_ON_SERVER: &[&str] = &[
    "generateMetadata",
    "generateStaticParams",
    "getServerData",
    "getServerSideProps",
    "getStaticPaths",
    "getStaticProps",
];

/// What a module of a route exports for the server, in Remix and React Router; `clientLoader` runs in the page.
const CALLED_BY_ROUTES: &[&str] = &["action", "headers", "loader"];

/// Packages whose import keeps a module out of the page.
const SERVER_ONLY: &[&str] =
    &["$env/dynamic/private", "$env/static/private", "next/headers", "next/server", "server-only"];

/// Names, most of them types, that only modules for the server import.
const NAMES_OF_SERVER: &[(&str, &[&str])] = &[
    ("./$types", &["Actions", "LayoutServerLoad", "PageServerLoad", "RequestHandler"]),
    ("@sveltejs/kit", &["Handle", "HandleFetch", "HandleServerError", "RequestHandler"]),
    ("astro", &["APIContext", "APIRoute", "MiddlewareHandler"]),
    ("astro:actions", &["defineAction"]),
    ("next", &["NextApiHandler", "NextApiRequest", "NextApiResponse"]),
];

/// Functions that run what they are given on the server.
const RUNS_ON_SERVER: &[(&str, &[&str])] = &[
    ("$app/server", &["command", "form", "prerender", "query"]),
    ("@builder.io/qwik-city", QWIK),
    ("@qwik.dev/router", QWIK),
    ("@tanstack/react-start", &["createServerOnlyFn", "serverOnly"]),
    ("@tanstack/solid-start", &["createServerOnlyFn", "serverOnly"]),
    ("@tanstack/start", &["createServerOnlyFn", "serverOnly"]),
    ("next/cache", &["unstable_cache"]),
    ("solid-start/server", &["createServerAction$", "createServerData$", "default"]),
];
const QWIK: &[&str] = &["globalAction$", "routeAction$", "routeLoader$", "server$"];

/// The same of methods at the end of a row of calls: `createServerFn().validator(…).handler(f)`.
const METHODS_OF_SERVER: &[(&str, &str)] =
    &[("createIsomorphicFn", "server"), ("createMiddleware", "server"), ("createServerFn", "handler")];
const TANSTACK: &str = "@tanstack/";

/// The longest such row, and how often what only the server calls is looked for.
const MOST_CALLS: usize = 16;
const MOST_ROUNDS: usize = 8;

/// What is known of a file's place in its framework.
#[derive(Default)]
pub(super) struct Serving {
    /// It is a module of a route, of which the server calls a part.
    is_route: bool,
    /// It says itself that it is of the page.
    is_of_page: bool,
    /// The function around each call, and those around functions.
    around: Vec<(usize, Option<u32>)>,
    outer: rustc_hash::FxHashMap<u32, u32>,
}

impl Lowerer<'_> {
    /// Whether a whole module is for the server, or parts of it.
    pub(in crate::scan::summary) fn find_server(&mut self, program: &Program<'_>) {
        self.serving.is_of_page = program.directives.iter().any(|directive| directive.directive == "use client");
        self.is_on_server = is_use_server(&program.directives);
        for statement in &program.body {
            let Statement::ImportDeclaration(import) = statement else { continue };
            let source = import.source.value.as_str();
            let is_named = |names: &[&str]| {
                import.specifiers.iter().flatten().any(|specifier| match specifier {
                    ImportDeclarationSpecifier::ImportSpecifier(name) => names.contains(&&*name.imported.name()),
                    _ => false,
                })
            };
            self.is_on_server |= SERVER_ONLY.contains(&source)
                || NAMES_OF_SERVER.iter().any(|(package, names)| *package == source && is_named(names));
            self.serving.is_route |= source.starts_with("@remix-run/")
                || source.starts_with("@react-router/")
                || source.contains("/+types/");
        }
        self.is_on_server &= !self.serving.is_of_page;
    }

    /// Says that a whole module runs where its page is made.
    pub(in crate::scan::summary) fn is_of_server(&mut self) {
        self.is_on_server = true;
    }

    /// Visits something that runs on the server, or may.
    pub(super) fn on_server(&mut self, is_on_server: bool, visit: impl FnOnce(&mut Self)) {
        let around = self.is_on_server;
        self.is_on_server |= is_on_server;
        visit(self);
        self.is_on_server = around;
    }

    /// Notes the function around the call that is noted last.
    pub(super) fn note_around(&mut self) {
        let site = self.summary.calls.len().saturating_sub(1);
        if let [.., outer, inner] = self.enclosing.as_slice() {
            self.serving.outer.insert(*inner, *outer);
        }
        self.serving.around.push((site, self.enclosing.last().copied()));
    }

    /// Whether an exported declaration is of what a framework calls on its server.
    pub(super) fn is_called_on_server(&self, declaration: &Declaration<'_>) -> bool {
        let is_name =
            |name: &str| CALLED_ON_SERVER.contains(&name) || self.serving.is_route && CALLED_BY_ROUTES.contains(&name);
        match declaration {
            Declaration::VariableDeclaration(declaration) => declaration
                .declarations
                .iter()
                .all(|declarator| declarator.id.get_binding_identifier().is_some_and(|name| is_name(&name.name))),
            declaration => declaration.id().is_some_and(|name| is_name(&name.name)),
        }
    }

    /// A component that awaits is the server's: in the page none can.
    pub(super) fn is_component_of_server(&self, function: &Function<'_>) -> bool {
        let is_named = function.id.as_ref().is_some_and(|name| is_of_component(&name.name));
        function.r#async && is_named && self.has_elements(function.span)
    }

    /// The same of `const Page = async () => …`.
    pub(super) fn declares_component_of_server(&self, declarator: &VariableDeclarator<'_>) -> bool {
        use oxc_ast::ast::Expression::{ArrowFunctionExpression, FunctionExpression};
        let is_named = declarator.id.get_binding_identifier().is_some_and(|name| is_of_component(&name.name));
        is_named
            && match &declarator.init {
                Some(ArrowFunctionExpression(function)) => function.r#async && self.has_elements(function.span),
                Some(FunctionExpression(function)) => function.r#async && self.has_elements(function.span),
                _ => false,
            }
    }

    fn has_elements(&self, span: Span) -> bool {
        let text = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        !self.serving.is_of_page && (text.contains("</") || text.contains("/>"))
    }

    /// Whether a call runs what it is given on the server.
    pub(super) fn runs_on_server(&mut self, call: &CallExpression<'_>) -> bool {
        let callee = self.lower(&call.callee);
        if let Some((source, name)) = self.imported_name(callee) {
            return RUNS_ON_SERVER.iter().any(|(package, names)| *package == source && names.contains(&&*name));
        }
        let Expr::Member(object, method) = self.summary.expression(callee) else { return false };
        if !METHODS_OF_SERVER.iter().any(|(_, known)| known == method) {
            return false;
        }
        let (mut object, method) = (*object, method.clone());
        for _ in 0..MOST_CALLS {
            object = match self.summary.expression(object) {
                Expr::Call(callee, _) => *callee,
                Expr::Member(object, _) => *object,
                _ => break,
            };
        }
        self.imported_name(object).is_some_and(|(source, name)| {
            source.starts_with(TANSTACK) && METHODS_OF_SERVER.contains(&(name.as_str(), method.as_str()))
        })
    }

    /// The package and the name of what is imported from one.
    fn imported_name(&self, value: ExprId) -> Option<(String, String)> {
        let value = match self.summary.expression(value) {
            Expr::Symbol(symbol) => *self.summary.binding(*symbol)?.values.first()?,
            _ => value,
        };
        match self.summary.expression(value) {
            Expr::Import { source, name } => Some((source.clone(), name.clone())),
            _ => None,
        }
    }

    /// What only the server's functions of this file call runs there, too.
    pub(super) fn settle_server(&mut self) {
        if !self.summary.calls.iter().any(|site| site.is_on_server) {
            return;
        }
        for _ in 0..MOST_ROUNDS {
            let functions = self.called_by_server();
            let mut is_changed = false;
            for (site, function) in std::mem::take(&mut self.serving.around) {
                let mut around = std::iter::successors(function, |inner| self.serving.outer.get(inner).copied());
                let is_inside = around.by_ref().take(MOST_CALLS).any(|function| functions.contains(&function));
                if let Some(site) = self.summary.calls.get_mut(site).filter(|site| is_inside && !site.is_on_server) {
                    (site.is_on_server, is_changed) = (true, true);
                }
                self.serving.around.push((site, function));
            }
            if !is_changed {
                return;
            }
        }
    }

    /// The functions of which every mention is a call that the server makes.
    fn called_by_server(&self) -> Vec<u32> {
        let mut by_server = rustc_hash::FxHashMap::default();
        for site in &self.summary.calls {
            if let Expr::Call(callee, _) = self.summary.expression(site.expression) {
                *by_server.entry(*callee).or_insert(true) &= site.is_on_server;
            }
        }
        let mut mentions: rustc_hash::FxHashMap<u32, bool> = rustc_hash::FxHashMap::default();
        for (id, expression) in (0..).zip(&self.summary.expressions) {
            if let Expr::Symbol(symbol) = expression {
                *mentions.entry(*symbol).or_insert(true) &= by_server.get(&id).copied().unwrap_or(false);
            }
        }
        let only_by_server = mentions.into_iter().filter(|(_, is_only)| *is_only);
        let function = |(symbol, _): (u32, bool)| {
            let &[value] = self.summary.binding(symbol)?.values.as_slice() else { return None };
            match self.summary.expression(value) {
                Expr::Function(function) => Some(*function),
                _ => None,
            }
        };
        only_by_server.filter_map(function).collect()
    }
}

/// `"use server"` at the start of a module or function.
pub(super) fn is_use_server(directives: &[Directive<'_>]) -> bool {
    directives.iter().any(|directive| directive.directive == "use server")
}

fn is_of_component(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
}
