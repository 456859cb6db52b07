//! The declarations as they stand in source files.

use csp_core::syntax::{
    ConnectSrc, ConnectSrcBody, DeclaredList, DeclaredPolicy, DeclaredScan, Errors, Invocation, PolicyDeclarations,
};
use csp_core::{DirectiveName, ProblemKind, check_in};
use proc_macro2::TokenStream;

/// A declaration, before it is known what counts in a build.
pub(crate) struct Written {
    /// The item's name; of an expression, the name that its value gets.
    pub(crate) name: Option<String>,
    /// The file, relative to the workspace.
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: usize,
    pub(crate) body: Body,
    /// The roots that `#[scanned]` names; none for all.
    pub(crate) scanned: Option<Vec<String>>,
}

pub(crate) enum Body {
    /// Of `connect_src!`.
    Connections(DeclaredList),
    /// Of `policy!`.
    Policy(Box<DeclaredPolicy>),
}

impl Written {
    /// The declarations of a file in their order; what the compiler would refuse goes to `mistakes`, as it says it.
    pub(crate) fn find(tokens: &TokenStream, file: &str, mistakes: &mut Vec<String>) -> Vec<Self> {
        let mut found = Vec::new();
        for invocation in Invocation::find(tokens.clone(), "connect_src") {
            connections(&invocation, file, mistakes, &mut found);
        }
        for invocation in Invocation::find(tokens.clone(), "policy") {
            policies(&invocation, file, mistakes, &mut found);
        }
        found.sort_by_key(|written| written.line);
        found
    }

    /// `SHOP (src/csp.rs:3)`
    pub(crate) fn title(&self) -> String {
        let name = self.name.as_deref().unwrap_or("connect_src!");
        format!("{name} ({}:{})", self.file, self.line)
    }
}

fn connections(invocation: &Invocation, file: &str, mistakes: &mut Vec<String>, found: &mut Vec<Written>) {
    let mut errors = Errors::default();
    let parsed = ConnectSrc::parse(invocation.arguments.clone(), &mut errors);
    let mut add = |name: Option<String>, line: usize, list: DeclaredList, scanned: Option<DeclaredScan>| {
        mistakes.extend(refusals(DirectiveName::ConnectSrc, &list, file));
        let scanned = scanned.map(roots);
        found.push(Written { name, file: file.to_owned(), line, body: Body::Connections(list), scanned });
    };
    match parsed.body {
        ConnectSrcBody::Items(items) => {
            for item in items {
                add(Some(item.name.to_string()), item.name.span().start().line, item.list, item.scanned);
            }
        }
        ConnectSrcBody::Expression(list) => add(invocation.bound_to.clone(), invocation.span.start().line, list, None),
    }
    tell(errors, file, mistakes);
}

fn roots(scan: DeclaredScan) -> Vec<String> {
    scan.roots.into_iter().map(|root| root.path).collect()
}

fn policies(invocation: &Invocation, file: &str, mistakes: &mut Vec<String>, found: &mut Vec<Written>) {
    let mut errors = Errors::default();
    for item in PolicyDeclarations::parse(invocation.arguments.clone(), &mut errors).items {
        // What is only risky is for the compiler to say.
        let _ = item.policy.check(item.name.span(), &mut errors);
        for (directive, list) in item.policy.lists() {
            mistakes.extend(refusals(directive.name, list, file));
        }
        if let Some(allowlist) = &item.policy.connection_allowlist {
            mistakes.extend(refusals(DirectiveName::ImgSrc, &allowlist.also, file));
        }
        found.push(Written {
            name: Some(item.name.to_string()),
            file: file.to_owned(),
            line: item.name.span().start().line,
            body: Body::Policy(Box::new(item.policy)),
            scanned: item.scanned.map(roots),
        });
    }
    tell(errors, file, mistakes);
}

fn tell(errors: Errors, file: &str, mistakes: &mut Vec<String>) {
    for error in errors.into_error().into_iter().flatten() {
        mistakes.push(format!("{file}:{}: {error}", error.span().start().line));
    }
}

/// What the compiler would refuse of a list, as it says it.
fn refusals(directive: DirectiveName, list: &DeclaredList, file: &str) -> Vec<String> {
    if let Some(spread) = list.spreads.first() {
        // Only a build has that: to leave it out would make another policy of it.
        let line = spread.scan.span.start().line;
        return vec![format!(
            "{file}:{line}: `..scanned` is known to the compiler only: `cargo csp scan` lists its sources"
        )];
    }
    let entries = list.to_entries();
    let problems = check_in(directive, &entries).problems;
    let refused = problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::Error(_)));
    let place = |entry: Option<usize>| entry.map_or(0, |entry| list.entries[entry].value.span().start().line);
    refused.map(|problem| format!("{file}:{}: {}", place(problem.entry), problem.report())).collect()
}
