//! What a file imports and exports.

use oxc_ast::ast::{
    Declaration, ExportAllDeclaration, ExportDeclaration, ExportDefaultDeclaration, ExportDefaultDeclarationKind,
    ExportFromDeclaration, ExportNamedDeclaration, Expression, ImportAttributeKey, ImportDeclaration,
    ImportDeclarationSpecifier, ModuleExportName, TSExportAssignment,
};
use oxc_ast_visit::walk;

use crate::scan::summary::{CallSite, Expr};

use super::{Lowerer, export_name, symbol_of};

/// The module that `import()` loads. Of an address with a part that isn't written there, the rest may say the package.
pub(super) fn imported_module(source: &Expression<'_>) -> Option<String> {
    match source {
        Expression::StringLiteral(source) => Some(source.value.to_string()),
        Expression::TemplateLiteral(template) => {
            let parts = template.quasis.iter().map(|part| part.value.cooked.as_ref().map_or("", |text| text.as_str()));
            let source = parts.collect::<Vec<_>>().join("*");
            (template.expressions.is_empty() || source.starts_with("https://")).then_some(source)
        }
        _ => None,
    }
}

impl Lowerer<'_> {
    pub(super) fn import_declaration(&mut self, import: &ImportDeclaration<'_>) {
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
            let site = CallSite::new(url, import.span.start as usize);
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

    pub(super) fn export_declaration(&mut self, export: &ExportDeclaration<'_>) {
        match &export.declaration {
            Declaration::VariableDeclaration(declaration) => {
                declaration.declarations.iter().for_each(|declarator| self.export_names(&declarator.id));
            }
            declaration => {
                if let Some(identifier) = declaration.id() {
                    let symbol = symbol_of(identifier);
                    let value = self.summary.add(symbol);
                    self.export(&identifier.name, value);
                }
            }
        }
        self.on_server(self.is_called_on_server(&export.declaration), |lowerer| {
            walk::walk_export_declaration(lowerer, export);
        });
        if let Declaration::VariableDeclaration(declaration) = &export.declaration {
            self.declared_properties(declaration);
        }
    }

    pub(super) fn export_named(&mut self, export: &ExportNamedDeclaration<'_>) {
        for specifier in &export.specifiers {
            let value = match &specifier.local {
                ModuleExportName::IdentifierReference(identifier) => self.reference(identifier),
                ModuleExportName::IdentifierName(_) | ModuleExportName::StringLiteral(_) => Expr::Opaque,
            };
            let value = self.summary.add(value);
            self.export(&export_name(&specifier.exported), value);
        }
    }

    pub(super) fn export_from(&mut self, export: &ExportFromDeclaration<'_>) {
        for specifier in &export.specifiers {
            let (source, name) = (export.source.value.to_string(), export_name(&specifier.local));
            let value = self.summary.add(Expr::Import { source, name });
            self.export(&export_name(&specifier.exported), value);
        }
    }

    pub(super) fn export_all(&mut self, export: &ExportAllDeclaration<'_>) {
        let source = export.source.value.to_string();
        match &export.exported {
            Some(name) => {
                let value = self.summary.add(Expr::Import { source, name: "*".to_owned() });
                self.export(&export_name(name), value);
            }
            None => self.summary.stars.push(source),
        }
    }

    pub(super) fn export_default(&mut self, export: &ExportDefaultDeclaration<'_>) {
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

    pub(super) fn export_assignment(&mut self, export: &TSExportAssignment<'_>) {
        let value = self.lower(&export.expression);
        self.summary.whole = Some(value);
        walk::walk_ts_export_assignment(self, export);
    }
}
