//! Code that frameworks take out of what they send to browsers: it runs on the server alone.

use oxc_ast::ast::{CallExpression, Declaration, Directive, Expression, Program, Statement};
use oxc_ast_visit::Visit as _;

use crate::scan::summary::{CallSite, Expr};

use super::Lowerer;

/// What pages of Next.js export for the server, which calls it.
const CALLED_BY_NEXT: &[&str] = &["getServerSideProps", "getStaticPaths", "getStaticProps"];

/// The package whose import keeps a module out of the page.
const SERVER_ONLY: &str = "server-only";

/// Methods of HTTP, as modules export them that answer requests.
const METHODS: &[&str] = &["ALL", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// What a module exports for the server, by how what it imports begins, and by the names of what it imports, where only
/// some tell.
const EXPORTS: &[(&str, &[&str], &[&str])] = &[
    ("@remix-run/cloudflare", &[], OF_REMIX),
    ("@remix-run/deno", &[], OF_REMIX),
    ("@remix-run/node", &[], OF_REMIX),
    ("@remix-run/react", &[], OF_REMIX),
    ("@remix-run/server-runtime", &[], OF_REMIX),
    ("@react-router/cloudflare", &[], OF_REMIX),
    ("@react-router/node", &[], OF_REMIX),
    ("./+types/", &[], OF_REMIX),
    ("@builder.io/qwik-city", &[], OF_QWIK),
    ("@qwik.dev/router", &[], OF_QWIK),
    ("@solidjs/start/server", &["APIEvent"], METHODS),
    ("solid-start", &["APIEvent"], METHODS),
    ("astro", &["APIRoute", "APIContext"], METHODS),
    ("next/server", &["NextRequest", "NextResponse"], METHODS),
    ("@sveltejs/kit", &["RequestHandler"], METHODS),
    ("./$types", &["RequestHandler"], METHODS),
    ("./$types", &["LayoutServerLoad", "PageServerLoad", "Actions"], &["actions", "load"]),
];
const OF_REMIX: &[&str] = &["action", "headers", "loader"];
const OF_QWIK: &[&str] =
    &["onDelete", "onGet", "onHead", "onOptions", "onPatch", "onPost", "onPut", "onRequest", "onStaticGenerate"];

/// Functions whose arguments run on the server: by the package, and whether the page calls what they give back, which asks
/// the page's own server.
const TAKING: &[(&[&str], &[&str], bool)] = &[
    (QWIK, &["routeLoader$", "loader$", "validator$", "zod$", "valibot$"], false),
    (QWIK, &["server$", "routeAction$", "globalAction$", "action$"], true),
    (SOLID, &["createServerAction$", "createServerData$", "createServerMultiAction$", "server$"], true),
    (TANSTACK, &["createServerOnlyFn", "serverOnly"], false),
    (&["astro:actions"], &["defineAction"], true),
    (&["$app/server"], &["command", "form", "prerender", "query"], true),
    (&["h3"], &["cachedEventHandler", "defineCachedEventHandler", "defineEventHandler", "eventHandler"], false),
];
const QWIK: &[&str] = &[
    "@builder.io/qwik",
    "@builder.io/qwik-city",
    "@builder.io/qwik-city/middleware",
    "@qwik.dev/core",
    "@qwik.dev/router",
];
const SOLID: &[&str] = &["@solidjs/start", "@solidjs/start/server", "solid-start", "solid-start/server"];
const TANSTACK: &[&str] = &[
    "@tanstack/react-start",
    "@tanstack/react-start/server",
    "@tanstack/solid-start",
    "@tanstack/solid-start/server",
    "@tanstack/start",
];

/// Functions that begin a row of calls, the methods in it whose arguments run on the server (none means all), and whether the
/// page calls what the row gives back.
const ROWS: &[(&[&str], &str, &[&str], bool)] = &[
    (TANSTACK, "createServerFn", &[], true),
    (TANSTACK, "createMiddleware", &["server"], false),
    (TANSTACK, "createIsomorphicFn", &["server"], false),
    (TANSTACK, "createServerFileRoute", &[], false),
    (TANSTACK, "createAPIFileRoute", &[], false),
    (&["@tanstack/react-start/api", "@tanstack/start/api"], "createAPIFileRoute", &[], false),
];

/// Methods of the procedures of tRPC that take functions.
const OF_PROCEDURES: &[&str] = &["mutation", "query", "subscription", "use"];

impl Lowerer<'_> {
    /// Whether a whole module is for the server, or some of what it exports.
    pub(in crate::scan::summary) fn find_server(&mut self, program: &Program<'_>) {
        self.is_on_server = is_use_server(&program.directives);
        self.is_for_browsers = program.directives.iter().any(|directive| directive.directive == "use client");
        self.served = CALLED_BY_NEXT.to_vec();
        for statement in &program.body {
            let Statement::ImportDeclaration(import) = statement else { continue };
            let source = import.source.value.as_str();
            self.is_on_server |= source == SERVER_ONLY;
            for (of, names, exported) in EXPORTS.iter().filter(|(of, ..)| source.starts_with(of)) {
                let is_named = || {
                    import.specifiers.iter().flatten().any(|specifier| {
                        let name = specifier.name();
                        names.contains(&name.as_ref())
                    })
                };
                if names.is_empty() || (source == *of && is_named()) {
                    self.served.extend_from_slice(exported);
                }
            }
        }
    }

    /// Notes that a function awaits.
    pub(super) fn note_awaiting(&mut self, function: u32, awaits: bool) {
        if awaits && !self.is_for_browsers {
            self.awaiting.insert(function);
        }
    }

    /// Notes that a function gives back elements.
    pub(super) fn note_elements(&mut self, function: u32, returned: &Expression<'_>) {
        let is_element =
            matches!(returned.get_inner_expression(), Expression::JSXElement(_) | Expression::JSXFragment(_));
        if is_element
            && self.awaiting.contains(&function)
            && let Some(function) = self.function_mut(function)
        {
            function.awaits_elements = true;
        }
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

    /// Whether an exported declaration is of what a framework calls on its server.
    pub(super) fn is_called_on_server(&self, declaration: &Declaration<'_>) -> bool {
        let is_name = |name: &str| self.served.contains(&name);
        match declaration {
            Declaration::VariableDeclaration(declaration) => declaration
                .declarations
                .iter()
                .all(|declarator| declarator.id.get_binding_identifier().is_some_and(|name| is_name(&name.name))),
            declaration => declaration.id().is_some_and(|name| is_name(&name.name)),
        }
    }

    /// Visits a call whose functions run on the server. Says whether it is one.
    pub(super) fn visit_given_to_server(&mut self, call: &CallExpression<'_>) -> bool {
        if !self.is_given_to_server(call) {
            return false;
        }
        self.visit_expression(&call.callee);
        self.on_server(true, |lowerer| call.arguments.iter().for_each(|argument| lowerer.visit_argument(argument)));
        true
    }

    /// Whether the functions that a call is given run on the server. What the page calls of them asks its own server.
    fn is_given_to_server(&mut self, call: &CallExpression<'_>) -> bool {
        let (name, is_called) = match &call.callee {
            Expression::Identifier(name) => {
                let found = TAKING.iter().find(|(packages, names, _)| {
                    names.contains(&self.import_of(&call.callee, packages).unwrap_or_default().as_str())
                });
                match found {
                    Some((.., is_called)) => (name.name.to_string(), *is_called),
                    None => return false,
                }
            }
            callee => {
                let Some(member) = callee.get_member_expr() else { return false };
                let Some(method) = member.static_property_name() else { return false };
                let root = root_of(member.object());
                if OF_PROCEDURES.contains(&method) && is_procedure(root) {
                    return true;
                }
                let found = ROWS.iter().find(|(packages, name, methods, _)| {
                    (methods.is_empty() || methods.contains(&method))
                        && self.import_of(root, packages).is_some_and(|imported| imported == *name)
                });
                match found {
                    Some((_, name, _, is_called)) => ((*name).to_owned(), *is_called && method == "handler"),
                    None => return false,
                }
            }
        };
        if is_called && !self.is_on_server {
            let own = self.summary.add(Expr::Text("/".to_owned()));
            let site = CallSite::new(own, self.start + call.span.start as usize);
            self.summary.direct.push((name, site));
        }
        true
    }

    /// The name that something of one of these packages has there.
    fn import_of(&self, expression: &Expression<'_>, packages: &[&str]) -> Option<String> {
        let Expression::Identifier(name) = expression else { return None };
        let Expr::Symbol(symbol) = self.reference(name) else { return None };
        match self.summary.expression(*self.summary.binding(symbol)?.values.first()?) {
            Expr::Import { source, name } if packages.contains(&source.as_str()) => Some(name.clone()),
            _ => None,
        }
    }
}

/// `"use server"` at the start of a module or function.
pub(super) fn is_use_server(directives: &[Directive<'_>]) -> bool {
    directives.iter().any(|directive| directive.directive == "use server")
}

/// What a row of members and calls begins with: `f` of `f().a().b`.
fn root_of<'e, 'a>(mut expression: &'e Expression<'a>) -> &'e Expression<'a> {
    loop {
        expression = match expression.get_inner_expression() {
            Expression::CallExpression(call) => &call.callee,
            // A procedure may be a member of what tRPC is set up as.
            Expression::StaticMemberExpression(member) if !is_name_of_procedure(&member.property.name) => {
                &member.object
            }
            other => return other,
        };
    }
}

/// `publicProcedure`, `t.procedure`
fn is_procedure(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::Identifier(name) => is_name_of_procedure(&name.name),
        Expression::StaticMemberExpression(member) => is_name_of_procedure(&member.property.name),
        _ => false,
    }
}

fn is_name_of_procedure(name: &str) -> bool {
    name == "procedure" || name.ends_with("Procedure")
}
