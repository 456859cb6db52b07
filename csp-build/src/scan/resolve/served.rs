//! What runs where the page is served from: functions that only such code calls, and files that frameworks keep out of pages.

use std::collections::HashSet;

use super::Resolver;
use super::value::{FileId, Value};
use crate::scan::summary::{CallSite, Expr, ExprId, Summary};

/// Frameworks that take code out of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Framework {
    Angular,
    Astro,
    Gatsby,
    Next,
    /// Remix, and React Router where it is one.
    Remix,
    Start,
    Svelte,
}

/// How the names of their packages begin.
const FRAMEWORKS: &[(&str, Framework)] = &[
    ("@angular/", Framework::Angular),
    ("gatsby", Framework::Gatsby),
    ("next/", Framework::Next),
    ("@react-router/dev", Framework::Remix),
    ("@react-router/node", Framework::Remix),
    ("@remix-run/dev", Framework::Remix),
    ("@remix-run/node", Framework::Remix),
    ("@remix-run/react", Framework::Remix),
    ("@remix-run/server-runtime", Framework::Remix),
    ("@tanstack/react-start", Framework::Start),
    ("@sveltejs/kit", Framework::Svelte),
    ("$app/", Framework::Svelte),
];

/// Whether something that is imported tells of a framework.
pub(crate) fn is_of_framework(source: &str) -> bool {
    FRAMEWORKS.iter().any(|(start, _)| source.starts_with(start))
}

/// What their modules export for the server.
const EXPORTED: &[(Framework, &[&str])] = &[
    (Framework::Gatsby, &["getServerData"]),
    (Framework::Next, &["generateMetadata", "generateStaticParams"]),
    (Framework::Remix, &["action", "headers", "loader"]),
];

/// Tools whose configurations run where a page is built.
const CONFIGURED: &[&str] = &[
    "astro",
    "cypress",
    "eslint",
    "gatsby",
    "jest",
    "next",
    "nuxt",
    "playwright",
    "postcss",
    "rollup",
    "rsbuild",
    "rspack",
    "svelte",
    "tailwind",
    "tsup",
    "vite",
    "vitest",
    "vue",
    "webpack",
];

/// Whether a framework keeps a file out of pages, by its path.
fn is_served_file(path: &str, frameworks: &HashSet<Framework>) -> bool {
    let mut folders: Vec<_> = path.split('/').collect();
    let name = folders.pop().unwrap_or_default();
    let parts: Vec<_> = name.split('.').collect();
    let stem = parts.first().copied().unwrap_or_default();
    let is_script = matches!(parts.last(), Some(&("js" | "jsx" | "mjs" | "cjs" | "ts" | "tsx" | "mts" | "cts")));
    let uses = |framework| frameworks.contains(&framework);
    let is_in = |folder: &str| folders.contains(&folder);
    let is_below = |outer: &str, inner: &str| folders.windows(2).any(|pair| *pair == [outer, inner]);
    if !is_script {
        return false;
    }
    if stem.starts_with('+') && (stem == "+server" || parts.get(1) == Some(&"server")) {
        return true;
    }
    if parts.len() == 3 && parts.get(1) == Some(&"config") && CONFIGURED.contains(&stem) {
        return true;
    }
    let has_names = [Framework::Angular, Framework::Remix, Framework::Start, Framework::Svelte].into_iter().any(uses);
    if has_names && (parts.len() > 2 && parts.get(parts.len() - 2) == Some(&"server") || is_in(".server")) {
        return true;
    }
    uses(Framework::Svelte) && is_below("lib", "server")
        || uses(Framework::Next)
            && (is_below("pages", "api")
                || stem == "route" && is_in("app")
                || matches!(stem, "instrumentation" | "middleware" | "proxy")
                    && folders.last().is_none_or(|folder| *folder == "src"))
        || uses(Framework::Astro)
            && (is_below("src", "pages") || is_below("src", "actions") || is_below("src", "content"))
        || uses(Framework::Gatsby) && matches!(stem, "gatsby-config" | "gatsby-node" | "gatsby-ssr")
}

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
            || !self.served.is_empty()
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
        self.mark_callers();
        // What such a module gives to components those have in the page.
        self.find_served_modules();
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

    /// Files that frameworks keep out of pages, and what they call of others.
    fn find_served_files(&mut self) {
        let named = |source: &str| FRAMEWORKS.iter().find(|(start, _)| source.starts_with(start));
        let mut frameworks: HashSet<_> =
            self.project.imported.iter().filter_map(|source| Some(named(source)?.1)).collect();
        for entry in &self.project.files {
            for expression in &entry.parsed.summary.expressions {
                if let Expr::Import { source, .. } = expression {
                    frameworks.extend(named(source).map(|(_, framework)| *framework));
                }
            }
        }
        for file in 0..self.project.files.len() {
            let shown = self.project.shown(file).replace('\\', "/");
            if shown.rsplit('.').next() == Some("astro") {
                frameworks.insert(Framework::Astro);
            }
        }
        for file in 0..self.project.files.len() {
            let shown = self.project.shown(file).replace('\\', "/");
            if is_served_file(&shown, &frameworks) {
                self.served_files.insert(file);
            }
            self.find_exported(file, &shown, &frameworks);
        }
    }

    /// What a module exports for the server of a framework.
    fn find_exported(&mut self, file: FileId, path: &str, frameworks: &HashSet<Framework>) {
        let Some(parsed) = self.project.summary(file) else { return };
        let is_of_app = path.split('/').rev().skip(1).any(|folder| folder == "app");
        if frameworks.contains(&Framework::Next) && is_of_app {
            let functions = (0..).zip(&parsed.summary.functions);
            self.served.extend(
                functions.filter(|(_, function)| function.awaits_elements).map(|(function, _)| (file, function)),
            );
        }
        for (framework, names) in EXPORTED {
            if !frameworks.contains(framework) || (*framework == Framework::Next && !is_of_app) {
                continue;
            }
            for name in *names {
                let Some(&export) = parsed.summary.exports.get(*name) else { continue };
                for value in self.values(file, export, &None) {
                    if let Value::Function(of, function, _) = value
                        && of == file
                    {
                        self.served.insert((of, function));
                    }
                }
            }
        }
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
