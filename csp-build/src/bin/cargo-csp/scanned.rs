//! What `..scanned` takes in where no front end is being scanned anyway: out of `csp.lock`, or of a scan.

use std::fs;
use std::io;
use std::path::Path;

use csp_build::FrontEnd;
use csp_core::scan::{LOCK_FILE, ScanData};

use crate::files::unreadable;
use crate::workspace::{Member, Workspace, shown};

/// What was found in the front end of a package. A lock comes first: it is what the build script compares with.
///
/// # Errors
///
/// If there is neither a lock nor a front end in Cargo.toml, or what is there can't be read; without the scanner, if the
/// lock is stale.
pub(crate) fn data(workspace: &Workspace, member: &Member) -> io::Result<ScanData> {
    let path = member.folder.join(LOCK_FILE);
    let name = workspace.relative(&path);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let data = ScanData::parse(&text)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("{name}: {error}")))?;
            of_lock(data, member, &name)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => of_configuration(workspace, member),
        Err(error) => Err(unreadable(Path::new(&name), &error)),
    }
}

/// What a lock says, or what a scan of the same front end does.
fn of_lock(data: ScanData, member: &Member, name: &str) -> io::Result<ScanData> {
    let front_end = data.roots.iter().fold(FrontEnd::new().mode(&data.mode), FrontEnd::root);
    let options = data.options.iter();
    let front_end = options.fold(front_end, |front_end, option| front_end.option(&option.name, &option.value));
    let differences = front_end.differences(&data, &member.folder).map_err(io::Error::other)?;
    let Some(first) = differences.first() else { return Ok(data) };
    let more = if differences.len() > 1 { format!(", and {} more", differences.len() - 1) } else { String::new() };
    again(&front_end, &data, member, &format!("{name} is stale: {first}{more}"))
}

#[cfg(feature = "scan")]
fn again(front_end: &FrontEnd, data: &ScanData, member: &Member, why: &str) -> io::Result<ScanData> {
    use crate::front_end::Subject;
    use crate::outcome::remark;
    use crate::workspace::Configuration;

    remark(&format_args!("note: {why}: the front end is scanned instead"));
    let configuration = Configuration::default();
    let subject =
        Subject::new(front_end.clone(), &member.folder, &member.folder, configuration, Vec::new(), data.roots.clone());
    Ok(subject.scan()?.data.clone())
}

#[cfg(not(feature = "scan"))]
fn again(_: &FrontEnd, _: &ScanData, _: &Member, why: &str) -> io::Result<ScanData> {
    Err(io::Error::new(io::ErrorKind::InvalidData, format!("{why}, and {}", crate::scan::missing_scanner())))
}

#[cfg(feature = "scan")]
fn of_configuration(workspace: &Workspace, member: &Member) -> io::Result<ScanData> {
    use crate::front_end::Subject;
    use crate::options::FrontEndOptions;

    let subjects = FrontEndOptions::default().configured(workspace, &workspace.folder)?;
    let is_its = |subject: &&Subject| subject.folder == member.folder;
    match subjects.iter().find(is_its) {
        Some(subject) => Ok(subject.scan()?.data.clone()),
        None => Err(nothing(member)),
    }
}

#[cfg(not(feature = "scan"))]
fn of_configuration(_: &Workspace, member: &Member) -> io::Result<ScanData> {
    let nothing = nothing(member);
    Err(io::Error::new(nothing.kind(), format!("{nothing}\nhelp: {}", crate::scan::missing_scanner())))
}

/// What to say where nobody has looked.
pub(crate) fn nothing(member: &Member) -> io::Error {
    io::Error::new(
        io::ErrorKind::NotFound,
        format!(
            "nobody has scanned the front end of `{}`: write its roots into {}: [package.metadata.csp] roots = \
             [\"web/src\"], or a {LOCK_FILE}: cargo csp scan --lock web/src",
            member.name,
            shown(&member.folder.join("Cargo.toml"))
        ),
    )
}
