//! The declarations as they stand in source files.

use std::io;

use csp_core::syntax::{
    ConnectSrc, ConnectSrcBody, ConnectSrcItem, DeclaredDirectiveValue, DeclaredGate, DeclaredList, DeclaredPolicy,
    DeclaredScan, Errors, Invocation, PolicyDeclarations, PolicyItem,
};
use csp_core::{DirectiveName, ProblemKind, check_in};
use proc_macro2::TokenStream;

use super::spreads::Spreads;

/// A declaration, before it is known what counts in a build.
pub(crate) struct Written {
    /// The item's name; of an expression, the name that its value gets.
    pub(crate) name: Option<String>,
    /// The package that it stands in.
    pub(crate) member: usize,
    /// The file, relative to the workspace.
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: usize,
    pub(crate) body: Body,
    /// Its `#[cfg(…)]` attributes.
    pub(crate) gate: Option<DeclaredGate>,
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
    /// `SHOP (src/csp.rs:3)`
    pub(crate) fn title(&self) -> String {
        let name = self.name.as_deref().unwrap_or("connect_src!");
        format!("{name} ({}:{})", self.file, self.line)
    }

    /// Whether its file is that of a module.
    pub(crate) fn is_in_module(&self, module: &str) -> bool {
        let file = self.file.strip_suffix(".rs").unwrap_or(&self.file);
        let file = file.strip_suffix("/mod").unwrap_or(file);
        file.rsplit('/').next() == Some(module)
    }

    /// The last names of the declarations that it takes in or extends.
    pub(crate) fn taken_in(&self) -> Vec<String> {
        let (lists, base): (Vec<&DeclaredList>, _) = match &self.body {
            Body::Connections(list) => (vec![list], None),
            Body::Policy(policy) => (policy.lists().map(|(_, list)| list).collect(), policy.extends.as_ref()),
        };
        let includes = lists.into_iter().flat_map(|list| &list.includes).map(|include| include.path.to_string());
        let paths = includes.chain(base.map(|(path, _)| path.to_string()));
        paths.map(|path| path.rsplit(':').next().unwrap_or_default().trim().to_owned()).collect()
    }
}

/// Reads declarations out of a file.
pub(crate) struct Reader<'r, 's> {
    /// The package.
    pub(crate) member: usize,
    /// Relative to the workspace.
    pub(crate) file: &'r str,
    /// What was found by scanning the package's front end.
    pub(crate) spreads: &'r mut Spreads<'s>,
    /// What the compiler would refuse, as it says it.
    pub(crate) mistakes: &'r mut Vec<String>,
}

impl Reader<'_, '_> {
    /// The declarations in their order.
    ///
    /// # Errors
    ///
    /// If one takes in what was scanned, and nothing was.
    pub(crate) fn read(&mut self, tokens: &TokenStream) -> io::Result<Vec<Written>> {
        let mut found = Vec::new();
        for invocation in Invocation::find(tokens.clone(), "connect_src") {
            self.connections(&invocation, &mut found)?;
        }
        for invocation in Invocation::find(tokens.clone(), "policy") {
            self.policies(&invocation, &mut found)?;
        }
        found.sort_by_key(|written| written.line);
        Ok(found)
    }

    fn connections(&mut self, invocation: &Invocation, found: &mut Vec<Written>) -> io::Result<()> {
        let mut errors = Errors::default();
        let parsed = ConnectSrc::parse(invocation.arguments.clone(), &mut errors);
        let items: Vec<_> = match parsed.body {
            ConnectSrcBody::Items(items) => items
                .into_iter()
                .map(|ConnectSrcItem { head, list }| {
                    (Some(head.name.to_string()), head.name.span(), list, head.gate, head.scanned)
                })
                .collect(),
            ConnectSrcBody::Expression(list) => {
                vec![(invocation.bound_to.clone(), invocation.span, list, None, None)]
            }
        };
        for (name, span, mut list, gate, scanned) in items {
            self.spreads.fill(&mut list, self.file, &mut errors)?;
            self.mistakes.extend(refusals(DirectiveName::ConnectSrc, &list, self.file));
            found.push(Written {
                name,
                member: self.member,
                file: self.file.to_owned(),
                line: span.start().line,
                body: Body::Connections(list),
                gate,
                scanned: scanned.map(roots),
            });
        }
        tell(errors, self.file, self.mistakes);
        Ok(())
    }

    fn policies(&mut self, invocation: &Invocation, found: &mut Vec<Written>) -> io::Result<()> {
        let mut errors = Errors::default();
        for item in PolicyDeclarations::parse(invocation.arguments.clone(), &mut errors).items {
            let PolicyItem { head, mut policy } = item;
            for directive in &mut policy.directives {
                if let DeclaredDirectiveValue::Sources(list) = &mut directive.value {
                    self.spreads.fill(list, self.file, &mut errors)?;
                }
            }
            // What is only risky is for the compiler to say.
            let _ = policy.check(head.name.span(), &mut errors);
            for (directive, list) in policy.lists() {
                self.mistakes.extend(refusals(directive.name, list, self.file));
            }
            if let Some(allowlist) = &policy.connection_allowlist {
                self.mistakes.extend(refusals(DirectiveName::ImgSrc, &allowlist.also, self.file));
            }
            found.push(Written {
                name: Some(head.name.to_string()),
                member: self.member,
                file: self.file.to_owned(),
                line: head.name.span().start().line,
                body: Body::Policy(Box::new(policy)),
                gate: head.gate,
                scanned: head.scanned.map(roots),
            });
        }
        tell(errors, self.file, self.mistakes);
        Ok(())
    }
}

fn roots(scan: DeclaredScan) -> Vec<String> {
    scan.roots.into_iter().map(|root| root.path).collect()
}

fn tell(errors: Errors, file: &str, mistakes: &mut Vec<String>) {
    for error in errors.into_error().into_iter().flatten() {
        mistakes.push(format!("{file}:{}: {error}", error.span().start().line));
    }
}

/// What the compiler would refuse of a list, as it says it.
fn refusals(directive: DirectiveName, list: &DeclaredList, file: &str) -> Vec<String> {
    let entries = list.to_entries();
    let problems = check_in(directive, &entries).problems;
    let refused = problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::Error(_)));
    let place = |entry: Option<usize>| entry.map_or(0, |entry| list.entries[entry].value.span().start().line);
    refused.map(|problem| format!("{file}:{}: {}", place(problem.entry), problem.report())).collect()
}
