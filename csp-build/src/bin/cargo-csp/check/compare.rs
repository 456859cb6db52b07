//! The calls of a front end beside the sources of declarations.

use std::collections::BTreeMap;
use std::io;

use csp_core::scan::{
    Coverage, LOCK_FILE, ScanData, ScannedCall, ScannedPlace, SourceUse, coverage, coverage_in, is_local, normal_root,
    write_entry,
};
use csp_core::{ConstText, SourceExpression};

use crate::declarations::{Declaration, DeclaredSource};
use crate::findings::{Finding, Level, Place};
use crate::front_end::Subject;
use crate::workspace::{Workspace, relative};

/// Declarations as they count in a build.
pub(super) struct InBuild {
    /// Whether it has debug assertions.
    pub(super) is_debug: bool,
    pub(super) declarations: Vec<Declaration>,
}

/// A front end beside the declarations of its packages.
pub(super) struct Comparison<'c> {
    pub(super) subject: &'c Subject,
    pub(super) data: &'c ScanData,
    /// The same declarations in each.
    pub(super) builds: &'c [InBuild],
    pub(super) workspace: &'c Workspace,
}

impl Comparison<'_> {
    /// What is not declared, and what is declared for nothing, of the declarations at these places.
    ///
    /// # Errors
    ///
    /// If one is `#[scanned]` of what isn't scanned.
    pub(super) fn findings(&self, chosen: &[usize]) -> io::Result<Vec<Finding>> {
        let mut findings = Vec::new();
        for index in chosen {
            let all = self.builds.iter().filter_map(|build| Some((build.is_debug, build.declarations.get(*index)?)));
            let in_builds: Vec<(bool, &Declaration)> = all.filter(|(_, declaration)| declaration.is_there).collect();
            let Some((_, first)) = in_builds.first() else { continue };
            let (calls, unresolved) = self.calls_for(first)?;
            findings.extend(self.uncovered(&calls, &in_builds));
            findings.extend(self.sources(&calls, unresolved, &in_builds));
        }
        Ok(findings)
    }

    /// The calls that a declaration is to cover, in places as they are shown, and how many there are of which nobody knows
    /// where they connect.
    fn calls_for(&self, declaration: &Declaration) -> io::Result<(Vec<ScannedCall>, usize)> {
        let roots = declaration.scanned.as_deref().unwrap_or_default();
        let is_scanned = |root: &String| self.data.roots.iter().any(|known| normal_root(known) == normal_root(root));
        if let Some(root) = roots.iter().find(|root| !is_scanned(root)) {
            let message = format!(
                "{} is of `{}`, which is not scanned, but {}",
                declaration.title(),
                csp_core::excerpt(root),
                self.data.roots.join(", ")
            );
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let is_meant = |place: &ScannedPlace| roots.is_empty() || roots.iter().any(|root| place.is_below(root));
        let calls = self.data.calls.iter().filter(|call| is_meant(&call.place)).cloned().map(|mut call| {
            call.place.file = self.subject.shown(&call.place.file);
            call
        });
        Ok((calls.collect(), self.data.unresolved.iter().filter(|call| is_meant(&call.place)).count()))
    }

    /// The file of a declaration as it is shown.
    fn file(&self, file: &str) -> String {
        relative(&self.subject.base, &self.workspace.root.join(file))
    }

    fn uncovered(&self, calls: &[ScannedCall], builds: &[(bool, &Declaration)]) -> Vec<Finding> {
        let mut findings = Vec::new();
        // A wrapper may connect in several ways.
        for calls in calls.chunk_by(|left, right| (&left.place, &left.origin) == (&right.place, &right.origin)) {
            let Some(call) = calls.first() else { continue };
            // Without a directive for connections, browsers allow them all.
            let is_open = |declaration: &Declaration| csp_core::connect_directive(&declaration.header).is_empty();
            let is_covered = |declaration: &Declaration| {
                is_open(declaration) || coverage_in(declaration.connections(), &call.origin) != Coverage::Nothing
            };
            let missing: Vec<bool> = builds
                .iter()
                .filter(|(_, declaration)| !is_covered(declaration))
                .map(|(is_debug, _)| *is_debug)
                .collect();
            let (Some((_, declaration)), Some(first)) = (builds.first(), missing.first()) else { continue };
            let builds = match (missing.len(), first) {
                (1, false) => " in release builds",
                (1, true) => " in debug builds",
                _ => "",
            };
            let name = declaration.name.clone().unwrap_or_else(|| "connect_src!".to_owned());
            let file = self.file(&declaration.file);
            let mut help = vec![format!(
                "add to {name} at {file}:{}: {}",
                declaration.line,
                ConstText::collect(|text| write_entry(text, &call.origin))
            )];
            if is_local(&call.origin) && builds == " in release builds" {
                help = vec![format!(
                    "take the call out of what users get: its address may come from an env file of the mode `{}`",
                    self.data.mode
                )];
            }
            let sinks: Vec<String> = calls.iter().map(|call| format!("`{}`", call.sink)).collect();
            let connects = format!("{} {}", sinks.join(", "), if calls.len() == 1 { "connects" } else { "connect" });
            findings.push(Finding {
                code: "uncovered-endpoint".to_owned(),
                level: Level::Error,
                message: format!("{connects} to `{}`, which {name} doesn't cover{builds}", call.origin),
                label: "the browser will block this call".to_owned(),
                place: Some(Place {
                    file: call.place.file.clone(),
                    line: call.place.line as usize,
                    column: call.place.column as usize,
                }),
                related: Vec::new(),
                help,
                declaration: Some(name),
                origin: Some(call.origin.clone()),
            });
        }
        findings
    }

    /// Sources that no call uses, in no build, and those whose path nobody has compared.
    fn sources(&self, calls: &[ScannedCall], unresolved: usize, builds: &[(bool, &Declaration)]) -> Vec<Finding> {
        let mut findings = BTreeMap::new();
        for (_, declaration) in builds {
            for source in declaration.sources.iter().filter(|source| source.reason.is_none()) {
                if let Some(doubt) = doubt(source, declaration, calls, unresolved) {
                    let place = Place { file: self.file(&declaration.file), line: source.line, column: source.column };
                    let finding = Finding {
                        code: doubt.code.as_str().to_owned(),
                        level: Level::Warning,
                        message: doubt.message,
                        label: String::new(),
                        place: Some(place.clone()),
                        related: Vec::new(),
                        help: Vec::from_iter(doubt.help),
                        declaration: declaration.name.clone(),
                        origin: Some(source.text.clone()),
                    };
                    findings.insert(place, finding);
                }
            }
        }
        findings.into_values().collect()
    }
}

/// What is to be looked at in a source.
fn doubt<'s>(
    source: &'s DeclaredSource,
    declaration: &Declaration,
    calls: &[ScannedCall],
    unresolved: usize,
) -> Option<csp_core::Finding<'s>> {
    let expression = SourceExpression::parse(&source.text)?;
    let mut uses = SourceUse::default();
    for call in calls {
        let coverage = coverage(&call.origin, &expression);
        let is_whole = || coverage_in(declaration.connections(), &call.origin) == Coverage::Whole;
        uses.add(call, coverage, coverage == Coverage::BelowPath && is_whole());
    }
    // Servers for development are in no code.
    let is_development = source.predicate.is_some() && is_local(&source.text);
    let is_expected = uses == SourceUse::Unused && is_development;
    uses.finding(&source.text, unresolved).filter(|_| !is_expected)
}

/// Whether a lock that is there is of other files than these.
pub(super) fn stale_lock(subject: &Subject) -> io::Result<Option<Finding>> {
    let Ok(text) = std::fs::read_to_string(subject.folder.join(LOCK_FILE)) else { return Ok(None) };
    let differences = match ScanData::parse(&text) {
        Ok(data) => subject.front_end.differences(&data, &subject.folder).map_err(io::Error::other)?,
        Err(error) => vec![format!("it can't be read: {error}")],
    };
    let Some(first) = differences.first() else { return Ok(None) };
    let more = if differences.len() > 1 { format!(", and {} more", differences.len() - 1) } else { String::new() };
    Ok(Some(Finding {
        code: "stale-lock".to_owned(),
        level: Level::Error,
        message: format!("{LOCK_FILE} is stale: {first}{more}"),
        label: String::new(),
        place: Some(Place { file: subject.shown(LOCK_FILE), line: 1, column: 1 }),
        related: Vec::new(),
        help: vec!["write it anew: cargo csp scan --lock".to_owned()],
        declaration: None,
        origin: None,
    }))
}
