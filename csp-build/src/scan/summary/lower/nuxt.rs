//! Modules of Nuxt, which make clients and functions known in all files: `modules: ["@nuxtjs/axios"], axios: { baseURL: … }`.

use crate::scan::summary::{Expr, ExprId, MADE_KNOWN, Property, Summary};

use super::{Lowerer, value_of};

/// A module, the member that it gives to all components, and the option that configures it.
const CLIENTS: &[(&str, &str, &str)] = &[("@nuxt/http", "$http", "http"), ("@nuxtjs/axios", "$axios", "axios")];

impl Lowerer<'_> {
    /// Exports what the modules of a configuration make known. No name of a module's own has a colon.
    pub(super) fn make_known(&mut self, properties: &[Property]) {
        let named = ["modules", "buildModules", "imports"].map(|list| value_of(properties, list));
        let modules: Vec<_> = named.into_iter().flatten().flat_map(|list| self.names(list)).collect();
        for (module, member, option) in CLIENTS {
            if modules.iter().any(|name| name == module) {
                let client = self.client(properties, option);
                self.summary.exports.insert(format!("{MADE_KNOWN}{member}"), client);
            }
        }
    }

    /// The names in a list of modules; one may have options beside it.
    fn names(&self, list: ExprId) -> Vec<String> {
        let Expr::Array(elements) = self.summary.expression(list) else { return Vec::new() };
        let name = |&element: &ExprId| match self.summary.expression(element) {
            Expr::Text(name) => Some(name.clone()),
            Expr::Array(parts) => match self.summary.expression(*parts.first()?) {
                Expr::Text(name) => Some(name.clone()),
                _ => None,
            },
            _ => None,
        };
        elements.iter().filter_map(name).collect()
    }

    /// An instance of axios below the base of the configuration; without one, below the page's own origin.
    fn client(&mut self, properties: &[Property], option: &str) -> ExprId {
        let of_runtime =
            value_of(properties, "publicRuntimeConfig").and_then(|runtime| member(&self.summary, runtime, option));
        let options: Vec<_> = value_of(properties, option).into_iter().chain(of_runtime).collect();
        let base = options.iter().find_map(|&options| {
            ["browserBaseURL", "baseURL"].iter().find_map(|name| member(&self.summary, options, name))
        });
        let base = base.unwrap_or_else(|| self.summary.add(Expr::Text("/".to_owned())));
        let options = self.summary.add(Expr::Object(vec![Property::Named("baseURL".to_owned(), base)]));
        let axios = self.summary.add(Expr::Import { source: "axios".to_owned(), name: "default".to_owned() });
        let create = self.summary.add(Expr::Member(axios, "create".to_owned()));
        self.summary.add(Expr::Call(create, vec![options]))
    }
}

fn member(summary: &Summary, object: ExprId, name: &str) -> Option<ExprId> {
    match summary.expression(object) {
        Expr::Object(properties) => value_of(properties, name),
        _ => None,
    }
}
