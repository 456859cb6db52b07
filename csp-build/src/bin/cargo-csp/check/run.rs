//! From the packages to their findings.

use std::io;

use clap::ColorChoice;
use csp_core::scan::ScanData;

use super::Check;
use super::choice::Choice;
use super::compare::{Comparison, InBuild, stale_lock};
use crate::declarations::{self, Build, Declaration};
use crate::findings::{self, Finding, Findings};
use crate::front_end::Subject;
use crate::outcome::{Outcome, counted, remark};
use crate::scanned;
use crate::workspace::{Member, Workspace};

const SCHEMA: &str = "cargo-csp/check/1";

pub(crate) fn run(check: &Check, color: ColorChoice) -> io::Result<Outcome> {
    let workspace = Workspace::find(&check.packages)?;
    let subjects = check.front_end.subjects(&workspace, &workspace.folder)?;
    let [release, debug] = [Build::new(false)?, Build::new(true)?];
    let scans = |member: &Member| scanned_for(member, &workspace, &subjects);
    let [release, debug] = declarations::read_in(&workspace, &check.features, [&release, &debug], &scans)?;
    let builds = [InBuild { is_debug: false, declarations: release }, InBuild { is_debug: true, declarations: debug }];
    refuse_unknown_names(&check.name, &builds[0].declarations, |_| true)?;

    let mut found = Vec::new();
    let mut calls = 0;
    let mut unmarked = Vec::new();
    for subject in &subjects {
        // What can't be scanned is a mistake, whether it is compared or not.
        let scanned = subject.scan()?;
        let is_own = |declaration: &Declaration| subject.members.contains(&declaration.member);
        let names = if check.name.is_empty() { &subject.configuration.names } else { &check.name };
        if check.name.is_empty() {
            refuse_unknown_names(names, &builds[0].declarations, is_own)?;
        }
        let mut own: Vec<Finding> = stale_lock(subject)?.into_iter().collect();
        match Choice::of(subject, &workspace, &builds[0].declarations, names, subjects.len() > 1)? {
            Choice::Compared(chosen) => {
                let comparison = Comparison { subject, data: &scanned.data, builds: &builds, workspace: &workspace };
                own.extend(comparison.findings(&chosen)?);
                own.extend(scanned.report.unresolved.iter().map(crate::scan::finding));
                calls += scanned.data.calls.len();
            }
            // Other packages have front ends that are compared; where none is, nothing was checked.
            Choice::Unmarked(why) => unmarked.push(why),
        }
        found.extend(findings::judged(own, &subject.configuration));
    }
    if unmarked.len() == subjects.len() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, unmarked.join("\n")));
    }
    for why in &unmarked {
        remark(&format_args!("note: not compared: {why}"));
    }
    tell_of_the_rest(&workspace, &subjects, &builds[0].declarations);
    let found = Findings::new(found, workspace.folder.clone());
    found.write(SCHEMA, &check.form, color)?;
    if !check.form.quiet {
        remark(&format_args!("{} compared, {}", counted(calls, "call"), counted(found.len(), "finding")));
    }
    Ok(Outcome::of_findings(!found.is_empty()))
}

/// What `..scanned` takes in is what is compared. Its unresolved calls are findings anyway, and no reason to end.
fn scanned_for(member: &Member, workspace: &Workspace, subjects: &[Subject]) -> io::Result<ScanData> {
    let is_its =
        |subject: &&Subject| subject.members.iter().any(|index| workspace.members[*index].folder == member.folder);
    let Some(subject) = subjects.iter().find(is_its) else { return Err(scanned::nothing(member)) };
    let mut data = subject.scan()?.data.clone();
    data.options.retain(|option| option.name != "strict");
    Ok(data)
}

/// Names that nothing has are mistakes, unless there is nothing at all.
fn refuse_unknown_names(
    names: &[String],
    declarations: &[Declaration],
    is_meant: impl Fn(&Declaration) -> bool,
) -> io::Result<()> {
    let meant: Vec<&Declaration> = declarations.iter().filter(|declaration| is_meant(declaration)).collect();
    let is_known = |name: &String| meant.iter().any(|each| each.name.as_ref() == Some(name));
    let Some(name) = names.iter().find(|name| !meant.is_empty() && !is_known(name)) else { return Ok(()) };
    let titles: Vec<String> = meant.iter().map(|each| format!("\n  {}", each.title())).collect();
    let message = format!("there is no declaration `{}`, but{}", csp_core::excerpt(name), titles.concat());
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// Declarations that ask to be compared, of packages whose front end nobody knows.
fn tell_of_the_rest(workspace: &Workspace, subjects: &[Subject], declarations: &[Declaration]) {
    for declaration in declarations.iter().filter(|declaration| declaration.scanned.is_some()) {
        if !subjects.iter().any(|subject| subject.members.contains(&declaration.member)) {
            let package = &workspace.members[declaration.member].name;
            remark(&format_args!(
                "note: {} is not compared: the Cargo.toml of `{package}` has no roots in [package.metadata.csp]",
                declaration.title()
            ));
        }
    }
}
