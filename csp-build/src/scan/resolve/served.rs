//! What runs where the page is served from: functions that only such code calls, and files that frameworks keep out of pages.

use std::collections::HashSet;

use super::Resolver;
use super::value::{FileId, Value};
use crate::scan::summary::{CallSite, Expr, ExprId, Summary};

/// Packages of frameworks that keep files out of pages whose names say so.
const WITH_NAMES: &[&str] =
    &["@angular/", "@react-router/", "@remix-run/", "@sveltejs/kit", "@tanstack/react-start", "$app/"];

impl Resolver<'_> {
    /// Whether a call is made on the server alone.
    pub(super) fn is_served(&self, file: FileId, site: &CallSite) -> bool {
        site.is_on_server || self.served_files.contains(&file) || self.is_within_served(file, site.within)
    }

    fn is_within_served(&self, file: FileId, mut function: Option<u32>) -> bool {
        while let Some(next) = function {
            if self.served.contains(&(file, next)) {
                return true;
            }
            function = self.project.summary(file).and_then(|parsed| parsed.summary.function(next)?.outer);
        }
        false
    }

    /// Finds them, once all callers are known.
    pub(super) fn find_served(&mut self) {
        self.find_served_files();
        let is_any = !self.served_files.is_empty()
            || self.project.files.iter().any(|file| file.parsed.summary.calls.iter().any(|site| site.is_on_server));
        if !is_any {
            return;
        }
        self.mark_callers();
        // Functions that are handed on may be called by anybody.
        let handed_on = self.handed_on_functions();
        let mut candidates: Vec<_> = self.callers.keys().copied().filter(|key| !handed_on.contains(key)).collect();
        candidates.sort_unstable();
        loop {
            let count = self.served.len();
            candidates.retain(|key| {
                let callers = self.callers.get(key).into_iter().flatten();
                let is_served = callers.clone().all(|caller| {
                    caller.is_on_server
                        || self.is_within_served(caller.file, caller.within)
                        || (caller.file, caller.within) == (key.0, Some(key.1))
                });
                if is_served && callers.clone().any(|caller| (caller.file, caller.within) != (key.0, Some(key.1))) {
                    self.served.insert(*key);
                }
                !is_served
            });
            if self.served.len() == count {
                break;
            }
        }
        self.find_served_modules();
        self.mark_callers();
    }

    /// Modules that export nothing but such functions: what they make for them at their top isn't of the page either.
    fn find_served_modules(&mut self) {
        let mut file = 0;
        while let Some(parsed) = self.project.summary(file) {
            let exports: Vec<_> = parsed.summary.exports.values().copied().collect();
            let is_served = |resolver: &mut Self, export| {
                let values = resolver.values(file, export, &None);
                !values.is_empty()
                    && values.iter().all(|value| {
                        matches!(*value, Value::Function(of, function, _) if resolver.served.contains(&(of, function)))
                    })
            };
            let has_served = self.served.iter().any(|(of, _)| *of == file);
            if has_served && !exports.is_empty() && exports.iter().all(|&export| is_served(self, export)) {
                self.served_files.insert(file);
            }
            file += 1;
        }
    }

    /// Says of calls that are made on the server that they are.
    fn mark_callers(&mut self) {
        let mut callers = std::mem::take(&mut self.callers);
        for caller in callers.values_mut().flatten() {
            caller.is_on_server |=
                self.served_files.contains(&caller.file) || self.is_within_served(caller.file, caller.within);
        }
        self.callers = callers;
    }

    /// Files whose names keep them out of pages.
    fn find_served_files(&mut self) {
        let uses = |summary: &Summary, of: &[&str]| {
            summary.expressions.iter().any(|expression| {
                matches!(expression, Expr::Import { source, .. } if of.iter().any(|of| source.starts_with(of)))
            })
        };
        let has_names = self.project.files.iter().any(|file| uses(&file.parsed.summary, WITH_NAMES));
        let mut served = HashSet::new();
        for file in 0..self.project.files.len() {
            let mut parts = self.project.shown(file).rsplit(['/', '\\']);
            let name = parts.next().unwrap_or_default();
            let is_of_kit = name.starts_with("+server.")
                || name.starts_with("+page.server.")
                || name.starts_with("+layout.server.");
            let is_named = || name.split('.').rev().nth(1) == Some("server") && name.split('.').count() > 2;
            if is_of_kit || has_names && (is_named() || parts.any(|folder| folder == ".server")) {
                served.insert(file);
            }
        }
        self.served_files = served;
    }

    /// The functions that are named otherwise than to call or to export them.
    fn handed_on_functions(&mut self) -> HashSet<(FileId, u32)> {
        let (mut functions, mut file) = (HashSet::new(), 0);
        while let Some(parsed) = self.project.summary(file) {
            for id in named_otherwise(&parsed.summary) {
                for value in self.values(file, id, &None) {
                    if let Value::Function(file, function, _) = value {
                        functions.insert((file, function));
                    }
                }
            }
            file += 1;
        }
        functions
    }
}

/// Names of functions and imports that are no callees, nor exports.
fn named_otherwise(summary: &Summary) -> Vec<ExprId> {
    let mut others: HashSet<ExprId> = summary.exports.values().copied().collect();
    // `export default f`
    if let Some(&Expr::Either(exported)) = summary.exports.get("default").map(|&id| summary.expression(id)).as_ref() {
        others.extend(exported);
    }
    for expression in &summary.expressions {
        if let Expr::Call(callee, _) = expression {
            others.insert(*callee);
        }
    }
    (0..)
        .zip(&summary.expressions)
        .filter(|(id, expression)| {
            let Expr::Symbol(symbol) = expression else { return false };
            let is_function =
                |&value: &ExprId| matches!(summary.expression(value), Expr::Function(_) | Expr::Import { .. });
            !others.contains(id)
                && summary.binding(*symbol).is_some_and(|binding| binding.values.iter().any(is_function))
        })
        .map(|(id, _)| id)
        .collect()
}
