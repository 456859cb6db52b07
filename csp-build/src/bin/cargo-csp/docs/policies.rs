//! The declared policies, in all builds at once.

use std::io;
use std::path::Path;

use csp_core::{Disposition, Keyword, SourceExpression, connect_directive};
use serde::Serialize;

use super::Docs;
use crate::declarations::{self, Build, Declaration, DeclaredSource, Scans};
use crate::workspace::{Workspace, relative};

/// A declared policy, as far as it decides for connections.
#[derive(Debug)]
pub(super) struct Policy {
    pub(super) name: Option<String>,
    /// The package that declares it.
    pub(super) member: usize,
    pub(super) file: String,
    pub(super) line: usize,
    /// As in a release build, or else a debug build, if that has it.
    pub(super) header: String,
    pub(super) disposition: Disposition,
    /// The directive that decides; none if connections are not restricted.
    pub(super) directive: Option<&'static str>,
    /// The sources of that directive in whatever build.
    pub(super) sources: Vec<Source>,
    /// If it is `#[scanned]`: the roots that it names, from the workspace on; none for all.
    pub(super) scanned: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) text: String,
    pub(super) written: Written,
    pub(super) reason: Option<String>,
    /// The predicate of its `#[cfg(…)]`.
    pub(super) condition: Option<String>,
    pub(super) available: Availability,
}

/// Where a source stands; a default of `policy!` stands where the policy does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Written {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) declaration: Option<String>,
}

/// The builds that have a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Availability {
    /// A release build.
    Always,
    /// Debug builds, and no release.
    Development,
    /// Neither with these features and on this machine.
    Conditional,
}

impl Policy {
    /// The policies of these packages.
    ///
    /// # Errors
    ///
    /// As of [`declarations::read`].
    pub(super) fn read(workspace: &Workspace, docs: &Docs, scans: &Scans<'_>) -> io::Result<Vec<Self>> {
        let [release, debug] = [Build::new(false)?, Build::new(true)?];
        let builds = [&Build::any(), &release, &debug];
        let [any, release, debug] = declarations::read_in(workspace, &docs.features, builds, scans)?;
        let policies = any.iter().zip(release.iter().zip(&debug));
        Ok(policies.map(|(any, (release, debug))| Self::new(any, release, debug, workspace)).collect())
    }

    fn new(any: &Declaration, release: &Declaration, debug: &Declaration, workspace: &Workspace) -> Self {
        let directive = ["connect-src", "default-src"];
        // The first build that has it.
        let shown = [release, debug].into_iter().find(|declaration| declaration.is_there).unwrap_or(any);
        let decisive = connect_directive(&shown.header);
        let available = |token: &str| match () {
            () if has(release, token) => Availability::Always,
            () if has(debug, token) => Availability::Development,
            () => Availability::Conditional,
        };
        let tokens = any.connections().split_ascii_whitespace().filter(|token| allows_connections(token));
        let sources = tokens.map(|token| {
            // The entry that counts in a release comes first, then that of a debug build.
            let entry = [release, debug, any].into_iter().find_map(|declaration| entry(declaration, token));
            Source {
                text: token.to_owned(),
                written: Written {
                    file: entry.map_or(&any.file, |entry| &entry.file).clone(),
                    line: entry.map_or(any.line, |entry| entry.line),
                    declaration: entry.map_or(&any.name, |entry| &entry.declaration).clone(),
                },
                reason: entry.and_then(|entry| entry.reason.clone()),
                condition: entry.and_then(|entry| entry.predicate.clone()),
                available: available(token),
            }
        });
        Self {
            name: any.name.clone(),
            member: any.member,
            file: any.file.clone(),
            line: any.line,
            header: shown.header.clone(),
            disposition: shown.disposition,
            directive: directive.into_iter().find(|name| decisive.split(' ').next() == Some(name)),
            sources: sources.collect(),
            scanned: any.scanned.as_ref().map(|roots| {
                let folder = &workspace.members[any.member].folder;
                roots.iter().map(|root| relative(&workspace.root, &folder.join(root))).collect()
            }),
        }
    }

    /// Whether it is `#[scanned]` of this file of a front end.
    pub(super) fn is_of(&self, file: &str) -> bool {
        let is_below = |root: &String| root == "." || Path::new(file).starts_with(root);
        self.scanned.as_ref().is_some_and(|roots| roots.is_empty() || roots.iter().any(is_below))
    }

    /// `SHOP (src/csp.rs:3)`
    pub(super) fn title(&self) -> String {
        format!("{} ({}:{})", self.name(), self.file, self.line)
    }

    pub(super) fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("connect_src!")
    }
}

fn has(declaration: &Declaration, token: &str) -> bool {
    declaration.connections().split_ascii_whitespace().any(|own| own == token)
}

fn entry<'d>(declaration: &'d Declaration, token: &str) -> Option<&'d DeclaredSource> {
    let mut entries = declaration.sources.iter().chain(&declaration.inherited);
    has(declaration, token).then(|| entries.find(|entry| entry.text == token)).flatten()
}

/// Whether a token of `default-src` can play a part for connections.
fn allows_connections(token: &str) -> bool {
    match SourceExpression::parse(token) {
        Some(SourceExpression::Keyword(keyword)) => keyword == Keyword::SelfOrigin,
        Some(SourceExpression::Host(_) | SourceExpression::Scheme(_)) => true,
        _ => false,
    }
}
