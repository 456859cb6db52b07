//! The declarations of a crate, read out of its source files.

mod build;
mod packages;

use std::fs;
use std::io;
use std::path::Path;

use csp_core::syntax::{ConnectSrc, ConnectSrcBody, DeclaredList, Errors, Invocation};
use csp_core::{ProblemKind, check, visible};
use proc_macro2::TokenStream;

pub(crate) use build::Build;
pub(crate) use packages::Packages;

/// What one `connect_src!` declares, as far as it counts in a build.
pub(crate) struct Declaration {
    /// The item's name; of an expression, the name that its value gets.
    pub(crate) name: Option<String>,
    /// The file, relative to the workspace.
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: usize,
    /// The texts of the sources; none for `'none'`.
    pub(crate) sources: Vec<String>,
}

impl Declaration {
    /// The value of the header.
    pub(crate) fn header(&self) -> String {
        if self.sources.is_empty() {
            "connect-src 'none'".to_owned()
        } else {
            format!("connect-src {}", self.sources.join(" "))
        }
    }

    /// `SHOP (src/csp.rs:3)`
    pub(crate) fn title(&self) -> String {
        let name = self.name.as_deref().unwrap_or("connect_src!");
        format!("{name} ({}:{})", self.file, self.line)
    }
}

/// The declarations of these packages, in the order of files and lines.
///
/// # Errors
///
/// If a file can't be read, or a declaration is refused: with all mistakes.
pub(crate) fn read(packages: &Packages, build: &Build) -> io::Result<Vec<Declaration>> {
    let mut declarations = Vec::new();
    let mut mistakes = Vec::new();
    for path in &packages.files {
        let file = packages.relative(path);
        let text = fs::read_to_string(path);
        let text = text.map_err(|error| io::Error::new(error.kind(), format!("{file}: {error}")))?;
        // Most files have none.
        if !text.contains("connect_src") {
            continue;
        }
        let tokens = text.parse::<TokenStream>();
        let tokens = tokens.map_err(|error| invalid(&format!("{file} is no Rust: {error}")))?;
        for invocation in Invocation::find(tokens, "connect_src") {
            read_invocation(&invocation, &file, build, &mut declarations, &mut mistakes);
        }
    }
    if mistakes.is_empty() { Ok(declarations) } else { Err(invalid(&mistakes.join("\n\n"))) }
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.to_owned())
}

fn read_invocation(
    invocation: &Invocation,
    file: &str,
    build: &Build,
    declarations: &mut Vec<Declaration>,
    mistakes: &mut Vec<String>,
) {
    let mut errors = Errors::default();
    let parsed = ConnectSrc::parse(invocation.arguments.clone(), &mut errors);
    let mut add = |name: Option<String>, line: usize, list: &DeclaredList| {
        mistakes.extend(refusals(list, file));
        let sources = list.entries.iter().zip(list.to_entries()).filter(|(declared, entry)| {
            let counts = declared.gate.as_ref().is_none_or(|gate| build.holds(gate));
            counts && !entry.value.text().eq_ignore_ascii_case("'none'")
        });
        let sources = sources.map(|(_, entry)| entry.value.text().to_owned()).collect();
        declarations.push(Declaration { name, file: file.to_owned(), line, sources });
    };
    match &parsed.body {
        ConnectSrcBody::Items(items) => {
            for item in items {
                add(Some(item.name.to_string()), item.name.span().start().line, &item.list);
            }
        }
        ConnectSrcBody::Expression(list) => {
            add(invocation.bound_to.clone(), invocation.span.start().line, list);
        }
    }
    for error in errors.into_error().into_iter().flatten() {
        mistakes.push(format!("{file}:{}: {error}", error.span().start().line));
    }
}

/// What the compiler would refuse, as it says it.
fn refusals(list: &DeclaredList, file: &str) -> Vec<String> {
    let entries = list.to_entries();
    let problems = check(&entries).problems;
    let refused = problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::Error(_)));
    let place = |entry: Option<usize>| entry.map_or(0, |entry| list.entries[entry].value.span().start().line);
    refused.map(|problem| format!("{file}:{}: {}", place(problem.entry), problem.report())).collect()
}

/// A path as it is shown, with `/` on every system.
fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy().replace('\\', "/"))
}
