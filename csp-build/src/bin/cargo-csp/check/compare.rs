//! The calls of a front end beside the sources of declarations.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use csp_build::FrontEnd;
use csp_core::scan::{Coverage, LOCK_FILE, ScanData, ScannedCall, coverage, coverage_in, is_local, normal_root};
use csp_core::{SourceExpression, suggested_entry};

use crate::declarations::{Declaration, DeclaredSource, Packages};
use crate::findings::{Finding, Level, Place};

/// Declarations as they count in a build, and whether it is one with debug assertions.
type InBuild = (bool, Vec<Declaration>);

/// What is not declared, and what is declared for nothing.
///
/// # Errors
///
/// If it isn't said which declarations are meant, or one is `#[scanned]` of what isn't scanned.
pub(super) fn compare(
    data: &ScanData,
    builds: &[InBuild],
    name: Option<&str>,
    packages: &Packages,
    package: &Path,
) -> io::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    let Some((_, first)) = builds.first() else { return Ok(findings) };
    for index in chosen(first, name)? {
        let in_builds: Vec<(bool, &Declaration)> =
            builds.iter().filter_map(|(is_debug, declarations)| Some((*is_debug, declarations.get(index)?))).collect();
        let calls = calls_for(data, &first[index])?;
        findings.extend(uncovered(&calls, &in_builds, data, packages, package));
        findings.extend(sources(&calls, &in_builds, packages, package));
    }
    Ok(findings)
}

/// The places of the declarations that are meant.
fn chosen(declarations: &[Declaration], name: Option<&str>) -> io::Result<Vec<usize>> {
    let titles = || {
        let titles: Vec<String> = declarations.iter().map(|each| format!("\n  {}", each.title())).collect();
        titles.concat()
    };
    let places = |is_meant: &dyn Fn(&Declaration) -> bool| -> Vec<usize> {
        (0..declarations.len()).filter(|&index| is_meant(&declarations[index])).collect()
    };
    if declarations.is_empty() {
        return Err(wrong("the package declares nothing: `cargo csp init` writes a first declaration"));
    }
    if let Some(name) = name {
        let named = places(&|each| each.name.as_deref() == Some(name));
        return if named.is_empty() {
            Err(wrong(&format!("there is no declaration `{}`, but{}", csp_core::excerpt(name), titles())))
        } else {
            Ok(named)
        };
    }
    let scanned = places(&|each| each.scanned.is_some());
    match (scanned.as_slice(), declarations.len()) {
        ([], 1) => Ok(vec![0]),
        ([], _) => Err(wrong(&format!("no declaration is #[scanned]: choose one by --name{}", titles()))),
        _ => Ok(scanned),
    }
}

/// The calls that a declaration is to cover.
fn calls_for<'d>(data: &'d ScanData, declaration: &Declaration) -> io::Result<Vec<&'d ScannedCall>> {
    let roots = declaration.scanned.as_deref().unwrap_or_default();
    let is_scanned = |root: &String| data.roots.iter().any(|known| normal_root(known) == normal_root(root));
    if let Some(root) = roots.iter().find(|root| !is_scanned(root)) {
        let message = format!(
            "{} is of `{}`, which is not scanned, but {}",
            declaration.title(),
            csp_core::excerpt(root),
            data.roots.join(", ")
        );
        return Err(wrong(&message));
    }
    let is_meant = |call: &&ScannedCall| roots.is_empty() || roots.iter().any(|root| call.place.is_below(root));
    Ok(data.calls.iter().filter(is_meant).collect())
}

fn uncovered(
    calls: &[&ScannedCall],
    builds: &[(bool, &Declaration)],
    data: &ScanData,
    packages: &Packages,
    package: &Path,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for call in calls {
        // Without a directive for connections, browsers allow them all.
        let is_open = |declaration: &Declaration| csp_core::connect_directive(&declaration.header).is_empty();
        let is_covered = |declaration: &Declaration| {
            is_open(declaration) || coverage_in(declaration.connections(), &call.origin) != Coverage::Nothing
        };
        let missing: Vec<bool> =
            builds.iter().filter(|(_, declaration)| !is_covered(declaration)).map(|(is_debug, _)| *is_debug).collect();
        let (Some((_, declaration)), Some(first)) = (builds.first(), missing.first()) else { continue };
        let builds = match (missing.len(), first) {
            (1, false) => " in release builds",
            (1, true) => " in debug builds",
            _ => "",
        };
        let name = declaration.name.clone().unwrap_or_else(|| "connect_src!".to_owned());
        let file = packages.relative_to(&declaration.file, package);
        let mut help = vec![format!(
            "add to {name} at {file}:{}: {}",
            declaration.line,
            if call.origin == "'self'" { "self,".to_owned() } else { suggested_entry(&call.origin) }
        )];
        if is_local(&call.origin) && builds == " in release builds" {
            help = vec![format!(
                "take the call out of what users get: its address may come from an env file of the mode `{}`",
                data.mode
            )];
        }
        findings.push(Finding {
            code: "uncovered-endpoint".to_owned(),
            level: Level::Error,
            message: format!("`{}` connects to `{}`, which {name} doesn't cover{builds}", call.sink, call.origin),
            label: "the browser will block this call".to_owned(),
            place: Some(Place {
                file: call.place.file.clone(),
                line: call.place.line as usize,
                column: call.place.column as usize,
            }),
            help,
            declaration: Some(name),
            origin: Some(call.origin.clone()),
        });
    }
    findings
}

/// Sources that no call uses, in no build, and those whose path nobody has compared.
fn sources(
    calls: &[&ScannedCall],
    builds: &[(bool, &Declaration)],
    packages: &Packages,
    package: &Path,
) -> Vec<Finding> {
    let mut findings = BTreeMap::new();
    for (_, declaration) in builds {
        for source in declaration.sources.iter().filter(|source| source.reason.is_none()) {
            if let Some((code, message, help)) = doubt(source, declaration, calls) {
                let place = Place {
                    file: packages.relative_to(&declaration.file, package),
                    line: source.line,
                    column: source.column,
                };
                let finding = Finding {
                    code: code.to_owned(),
                    level: Level::Warning,
                    message,
                    label: String::new(),
                    place: Some(place.clone()),
                    help: vec![help],
                    declaration: declaration.name.clone(),
                    origin: Some(source.text.clone()),
                };
                findings.insert(place, finding);
            }
        }
    }
    findings.into_values().collect()
}

fn doubt(
    source: &DeclaredSource,
    declaration: &Declaration,
    calls: &[&ScannedCall],
) -> Option<(&'static str, String, String)> {
    let text = &source.text;
    let expression = SourceExpression::parse(text)?;
    let written = if text == "'self'" { "self".to_owned() } else { format!("\"{text}\"") };
    let mut is_used = false;
    for call in calls {
        match coverage(&call.origin, &expression) {
            Coverage::BelowPath if coverage_in(declaration.connections(), &call.origin) != Coverage::Whole => {
                return Some((
                    "path-not-compared",
                    format!(
                        "`{text}` covers `{}` at {} below its path only, and a scan knows no paths",
                        call.sink, call.place
                    ),
                    format!("look whether the browser will allow it, and say so: {written} => \"reason\""),
                ));
            }
            Coverage::Nothing => {}
            _ => is_used = true,
        }
    }
    // Servers for development are in no code.
    let is_development = source.predicate.is_some() && is_local(text);
    (!is_used && !is_development).then(|| {
        (
            "unused-source",
            format!("no call of the front end connects to `{text}`"),
            format!("remove it, or say why it is there: {written} => \"reason\""),
        )
    })
}

/// Whether a lock that is there is of other files than these.
pub(super) fn stale_lock(front_end: &FrontEnd, package: &Path) -> io::Result<Option<Finding>> {
    let Ok(text) = std::fs::read_to_string(package.join(LOCK_FILE)) else { return Ok(None) };
    let differences = match ScanData::parse(&text) {
        Ok(data) => front_end.differences(&data, package).map_err(io::Error::other)?,
        Err(error) => vec![format!("it can't be read: {error}")],
    };
    let Some(first) = differences.first() else { return Ok(None) };
    let more = if differences.len() > 1 { format!(", and {} more", differences.len() - 1) } else { String::new() };
    Ok(Some(Finding {
        code: "stale-lock".to_owned(),
        level: Level::Error,
        message: format!("{LOCK_FILE} is stale: {first}{more}"),
        label: String::new(),
        place: Some(Place { file: LOCK_FILE.to_owned(), line: 1, column: 1 }),
        help: vec!["write it anew: cargo csp scan --lock".to_owned()],
        declaration: None,
        origin: None,
    }))
}

fn wrong(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message.to_owned())
}
