//! Classes that extend one of a library, which reads its options off them: `class extends RESTAdapter { host = "https://…" }` is
//! what `RESTAdapter.extend({ host: "https://…" })` is.

use oxc_ast::ast::Class;
use oxc_span::GetSpan;

use crate::scan::summary::{Expr, ExprId, Property};

use super::{Lowerer, key_name};

/// Parts of the names of packages that have such classes.
const LIBRARIES: &[&str] = &["active-model-adapter", "backbone", "ember", "exoskeleton", "@warp-drive/"];
/// Objects that pages have such classes of.
const GLOBALS: &[&str] = &["Backbone", "DS"];

/// Members that say where objects are kept: where one stands, it is what is reported.
const PLACES: &[&str] = &["host", "serverTokenEndpoint", "url", "urlRoot"];

impl Lowerer<'_> {
    /// Notes a class as the call that it stands for.
    pub(super) fn extended(&mut self, syntax: &Class<'_>, class: u32) {
        let Some(entry) = self.summary.class(class) else { return };
        let Some(parent) = entry.parent.filter(|&parent| self.is_of_library(parent)) else { return };
        let options = entry.members.iter().map(|(name, value)| Property::Named(name.clone(), *value)).collect();
        let options = self.summary.add(Expr::Object(options));
        let extend = self.summary.add(Expr::Member(parent, "extend".to_owned()));
        let call = self.summary.add(Expr::Call(extend, vec![options]));
        let named = syntax.body.body.iter().find(|element| {
            let name = element.property_key().and_then(key_name);
            name.is_some_and(|name| PLACES.contains(&name.as_str()))
        });
        let span = named.map_or(syntax.span, GetSpan::span);
        self.site(call, span.start as usize);
    }

    fn is_of_library(&self, mut parent: ExprId) -> bool {
        if let Expr::Member(object, _) = self.summary.expression(parent) {
            parent = *object;
        }
        let symbol = match self.summary.expression(parent) {
            Expr::Symbol(symbol) => *symbol,
            Expr::Global(name) => return GLOBALS.contains(&name.as_str()),
            _ => return false,
        };
        let Some(binding) = self.summary.binding(symbol) else { return false };
        binding.values.iter().any(|&value| match self.summary.expression(value) {
            Expr::Import { source, .. } => {
                !source.starts_with('.') && LIBRARIES.iter().any(|library| source.contains(library))
            }
            _ => false,
        })
    }
}
