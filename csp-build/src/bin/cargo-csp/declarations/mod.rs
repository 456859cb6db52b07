//! The declarations of a crate, read out of its source files.

mod build;
mod resolve;
mod spreads;
mod written;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use csp_core::{Disposition, connect_directive, source_list};
use proc_macro2::TokenStream;

use crate::files::unreadable;
use crate::options::FeatureOptions;
use crate::workspace::{Member, Workspace};

pub(crate) use build::Build;
pub(crate) use spreads::Scans;

use resolve::Resolver;
use spreads::Spreads;
use written::{Reader, Written};

/// What one declaration comes to in a build.
pub(crate) struct Declaration {
    /// The item's name; of an expression, the name that its value gets.
    pub(crate) name: Option<String>,
    /// The package that it stands in, by its place among those of the workspace that are meant.
    pub(crate) member: usize,
    /// The file, relative to the workspace.
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: usize,
    /// Whether the build has it. Of one that it hasn't, nothing more is known than where it is written.
    pub(crate) is_there: bool,
    /// The value of the header, with holes where it takes a nonce.
    pub(crate) header: String,
    pub(crate) disposition: Disposition,
    /// The value of `Reporting-Endpoints`.
    pub(crate) reporting_endpoints: Option<String>,
    pub(crate) connection_allowlist: Option<Allowlist>,
    /// The sources of connections that stand in the declaration itself, without those that it takes in.
    pub(crate) sources: Vec<DeclaredSource>,
    /// The roots that `#[scanned]` names; none for all.
    pub(crate) scanned: Option<Vec<String>>,
    /// Where else its sources of connections may be written: in the declarations that it takes in or extends, in its
    /// `default_src`. The header says which of them count.
    pub(crate) inherited: Vec<DeclaredSource>,
}

/// A source where it is written.
#[derive(Clone)]
pub(crate) struct DeclaredSource {
    pub(crate) text: String,
    /// The declaration that it stands in.
    pub(crate) declaration: Option<String>,
    /// The file, relative to the workspace.
    pub(crate) file: String,
    /// From 1.
    pub(crate) line: usize,
    /// From 1.
    pub(crate) column: usize,
    /// Why it is there, as its author says.
    pub(crate) reason: Option<String>,
    /// The predicate of its `#[cfg(…)]`.
    pub(crate) predicate: Option<String>,
}

/// The header `Connection-Allowlist`.
pub(crate) struct Allowlist {
    pub(crate) value: String,
    /// What it names beside connections.
    pub(crate) also: String,
    pub(crate) report_only: bool,
}

impl Declaration {
    /// The sources of the directive that decides for connections, those that are taken in among them.
    pub(crate) fn connections(&self) -> &str {
        source_list(connect_directive(&self.header))
    }

    /// `SHOP (src/csp.rs:3)`
    pub(crate) fn title(&self) -> String {
        let name = self.name.as_deref().unwrap_or("connect_src!");
        format!("{name} ({}:{})", self.file, self.line)
    }
}

/// The declarations of these packages that a build has, in the order of files and lines.
///
/// # Errors
///
/// As of [`read_in`].
pub(crate) fn read(
    workspace: &Workspace,
    features: &FeatureOptions,
    build: &Build,
    scans: &Scans<'_>,
) -> io::Result<Vec<Declaration>> {
    let [mut declarations] = read_in(workspace, features, [build], scans)?;
    declarations.retain(|declaration| declaration.is_there);
    Ok(declarations)
}

/// The declarations of these packages in each of the builds: the same ones in the same order, not all with the same
/// sources, and not all [there](Declaration::is_there).
///
/// # Errors
///
/// If a file can't be read, or a declaration is refused: with all mistakes. If one takes in what was scanned, and `scans`
/// can't tell.
pub(crate) fn read_in<const N: usize>(
    workspace: &Workspace,
    features: &FeatureOptions,
    builds: [&Build; N],
    scans: &Scans<'_>,
) -> io::Result<[Vec<Declaration>; N]> {
    let mut reading = Reading {
        workspace,
        spreads: workspace.members.iter().chain(&workspace.rest).map(|member| Spreads::new(member, scans)).collect(),
    };
    let written = reading.read(workspace.files()?)?;
    // What they take in may be declared in a package that isn't meant itself.
    let is_missing = |name: &String| !written.iter().any(|written| written.name.as_ref() == Some(name));
    let others = if written.iter().flat_map(Written::taken_in).any(|name| is_missing(&name)) {
        reading.read(workspace.files_of_the_rest()?)?
    } else {
        Vec::new()
    };
    let of_rest = FeatureOptions::default();
    let features: Vec<_> = workspace
        .members
        .iter()
        .map(|member| member.features(features))
        .chain(workspace.rest.iter().map(|member| member.features(&of_rest)))
        .collect();
    let packages: Vec<&Member> = workspace.members.iter().chain(&workspace.rest).collect();
    let mut found = [const { Vec::new() }; N];
    for (declarations, build) in found.iter_mut().zip(builds) {
        let resolver = Resolver { written: &written, others: &others, packages: &packages, features: &features, build };
        *declarations = written.iter().map(|declaration| resolver.resolve(declaration)).collect::<io::Result<_>>()?;
    }
    Ok(found)
}

/// Reads declarations out of files.
struct Reading<'r> {
    workspace: &'r Workspace,
    /// Of each package.
    spreads: Vec<Spreads<'r>>,
}

impl Reading<'_> {
    fn read(&mut self, files: BTreeMap<PathBuf, usize>) -> io::Result<Vec<Written>> {
        let mut written = Vec::new();
        let mut mistakes = Vec::new();
        for (path, member) in files {
            let file = self.workspace.relative(&path);
            let text = fs::read_to_string(&path).map_err(|error| unreadable(Path::new(&file), &error))?;
            // Most files have none.
            if !text.contains("connect_src") && !text.contains("policy!") {
                continue;
            }
            let tokens = text.parse::<TokenStream>();
            let tokens = tokens.map_err(|error| invalid(&format!("{file} is no Rust: {error}")))?;
            let spreads = &mut self.spreads[member];
            let mut reader = Reader { member, file: &file, spreads, mistakes: &mut mistakes };
            written.extend(reader.read(&tokens)?);
        }
        if mistakes.is_empty() { Ok(written) } else { Err(invalid(&mistakes.join("\n\n"))) }
    }
}

fn invalid(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.to_owned())
}
