//! Code that frameworks take out of what they send to browsers: it runs on the server alone.

use oxc_ast::ast::{Declaration, Directive, Program, Statement};

use super::Lowerer;

/// What pages of Next.js export for the server, which calls it.
const CALLED_BY_NEXT: &[&str] = &["getServerSideProps", "getStaticPaths", "getStaticProps"];

/// The package whose import keeps a module out of the page.
const SERVER_ONLY: &str = "server-only";

impl Lowerer<'_> {
    /// Whether a whole module is for the server.
    pub(in crate::scan::summary) fn find_server(&mut self, program: &Program<'_>) {
        let imports_it = |statement: &Statement<'_>| matches!(statement, Statement::ImportDeclaration(import) if import.source.value == SERVER_ONLY);
        self.is_on_server = is_use_server(&program.directives) || program.body.iter().any(imports_it);
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
}

/// `"use server"` at the start of a module or function.
pub(super) fn is_use_server(directives: &[Directive<'_>]) -> bool {
    directives.iter().any(|directive| directive.directive == "use server")
}

/// Whether an exported declaration is of what a framework calls on its server.
pub(super) fn is_called_on_server(declaration: &Declaration<'_>) -> bool {
    let is_name = |name: &str| CALLED_BY_NEXT.contains(&name);
    match declaration {
        Declaration::VariableDeclaration(declaration) => declaration
            .declarations
            .iter()
            .all(|declarator| declarator.id.get_binding_identifier().is_some_and(|name| is_name(&name.name))),
        declaration => declaration.id().is_some_and(|name| is_name(&name.name)),
    }
}
