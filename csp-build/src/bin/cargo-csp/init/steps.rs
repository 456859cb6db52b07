//! What is written, and what is left to do.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use csp_build::scan::Report;
use csp_core::scan::{ScanData, is_local};
use csp_core::{SourceExpression, needs_justification};

use super::{Init, guess};
use crate::front_end::{Found, Subject};
use crate::outcome::{Outcome, remark};
use crate::workspace::{Member, Workspace};

const BUILD: &str = "build.rs";
const DECLARATION: &str = "src/csp.rs";

pub(super) fn run(init: &Init) -> io::Result<Outcome> {
    check_name(&init.name)?;
    let workspace = Workspace::find(&init.packages)?;
    let [member] = workspace.members.as_slice() else { return Err(several(&workspace)) };
    let package = member.folder.as_path();
    let mut subjects = init.front_end.configured(&workspace, package)?;
    let is_configured = !init.front_end.has_paths() && !subjects.is_empty();
    if subjects.is_empty() {
        let guessed = guess(package)?;
        remark(&format_args!("found a front end in {guessed}"));
        subjects.push(init.front_end.within(package, &guessed)?);
    }
    let [subject] = subjects.as_slice() else { return Err(several(&workspace)) };
    // Nothing is written unless all of it can be.
    for path in [BUILD, DECLARATION] {
        if package.join(path).exists() {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!("{path} is there already: {}", hint(path, subject)),
            ));
        }
    }
    let Found { report, data } = subject.scan()?;
    fs::create_dir_all(package.join("src"))?;
    write_new(&package.join(BUILD), &build_script(data))?;
    write_new(&package.join(DECLARATION), &declaration(&init.name, report))?;
    remark(&format_args!("wrote {BUILD} and {DECLARATION}"));
    let roots = (!is_configured).then_some(data.roots.as_slice());
    tell_next_steps(member, &init.name, report, roots)?;
    Ok(Outcome::Clean)
}

/// Frameworks whose way of sending a header isn't that of tower: their package, our feature, and what to write.
const FRAMEWORKS: &[(&str, &str, &str)] =
    &[("actix-web", "actix", ".wrap(csp::NAME.actix())"), ("rocket", "rocket", ".attach(csp::NAME.rocket())")];

/// The one folder that looks like it.
fn guess(package: &Path) -> io::Result<String> {
    let mut guesses = guess::front_ends(package);
    let message = match guesses.as_slice() {
        [_] => return Ok(guesses.remove(0)),
        [] => "no front end here: name its folder: cargo csp init web/src".to_owned(),
        several => {
            let list: Vec<_> = several.iter().map(|name| csp_core::excerpt(name)).collect();
            format!(
                "which of these is the front end, {}? Name one or more: cargo csp init {}",
                list.join(" or "),
                list[0]
            )
        }
    };
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

fn several(workspace: &Workspace) -> io::Error {
    let names: Vec<String> = workspace.members.iter().map(|member| format!("\n  {}", member.name)).collect();
    let message = format!("there are several packages here: choose one by --package{}", names.concat());
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

fn check_name(name: &str) -> io::Result<()> {
    let is_start = |character: char| character.is_ascii_alphabetic() || character == '_';
    let is_name = name.starts_with(is_start)
        && name.len() > 1
        && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
    if is_name {
        return Ok(());
    }
    let message = format!("`{}` is no name of a declaration: write it as PAGES", csp_core::excerpt(name));
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

fn hint(path: &str, subject: &Subject) -> String {
    if path == BUILD {
        let roots = &subject.roots;
        let first = roots.first().map_or("web/src", String::as_str);
        let scan = format!("csp_build::scan({first:?})");
        let scan = roots.iter().skip(1).fold(scan, |scan, root| format!("{scan}.root({root:?})"));
        format!("add to its main: {scan}.emit()?;")
    } else {
        "mark its declaration #[scanned]".to_owned()
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())
}

fn build_script(data: &ScanData) -> String {
    let mut calls = String::new();
    for (index, root) in data.roots.iter().enumerate() {
        calls += &if index == 0 { format!("csp_build::scan({root:?})") } else { format!(".root({root:?})") };
    }
    if data.mode != "production" {
        calls += &format!(".mode({:?})", data.mode);
    }
    for option in &data.options {
        let value = &option.value;
        calls += &match (option.name.as_str(), value.split_once('=')) {
            ("alias", Some((pattern, target))) => format!(".alias({pattern:?}, {target:?})"),
            ("strict", _) => ".strict()".to_owned(),
            (name, _) => format!(".{}({value:?})", name.replace('-', "_")),
        };
    }
    format!(
        "//! Leaves what the front end connects to for `#[scanned]` in src/csp.rs.\n\nfn main() -> Result<(), \
         csp_build::Error> {{\n    {calls}.emit()\n}}\n"
    )
}

/// A source for each origin, with the first call that uses it.
fn declaration(name: &str, report: &Report) -> String {
    let mut origins: BTreeMap<&str, (String, usize)> = BTreeMap::new();
    for endpoint in &report.endpoints {
        let call = || (format!("{} at {}", endpoint.sink, endpoint.place), 0);
        origins.entry(&endpoint.origin).or_insert_with(call).1 += 1;
    }
    let mut entries = String::new();
    for (origin, (first, count)) in origins {
        let more = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
        let source = if origin == "'self'" { "self".to_owned() } else { format!("{origin:?}") };
        let parsed = SourceExpression::parse(origin);
        let attribute = if is_local(origin) {
            "#[cfg(debug_assertions)] "
        } else if parsed.is_some_and(|source| needs_justification(&source)) {
            "#[insecure(reason = \"\")] "
        } else {
            ""
        };
        entries += &format!("        // {}{more}\n        {attribute}{source},\n", csp_core::visible(&first));
    }
    if entries.is_empty() {
        entries.push_str("        none,\n");
    }
    format!(
        "//! Where the pages may connect.\n\ncsp_runtime::connect_src! {{\n    /// Everything the pages may talk to: what \
         the build script finds must be here.\n    #[scanned]\n    pub static {name} = [\n{entries}    ];\n}}\n"
    )
}

/// What this command doesn't do: it edits nothing that somebody else has written.
fn tell_next_steps(member: &Member, name: &str, report: &Report, roots: Option<&[String]>) -> io::Result<()> {
    let has = |name: &str, kind: Option<&str>| {
        member.dependencies.iter().any(|known| known.name == name && known.kind.as_deref() == kind)
    };
    let known = FRAMEWORKS.iter().find(|(package, ..)| has(package, None));
    let (_, feature, layer) = known.copied().unwrap_or(("", "tower", ".layer(csp::NAME.layer())"));
    let mut steps = Vec::new();
    if !has("csp-runtime", None) {
        steps.push(format!("cargo add csp-runtime --features {feature}"));
    }
    if !has("csp-build", Some("build")) {
        steps.push("cargo add --build csp-build --features scan".to_owned());
    }
    if let Some(roots) = roots {
        let configuration = format!("[package.metadata.csp] roots = {roots:?}");
        steps.push(format!("add to Cargo.toml, for the other commands: {configuration}"));
    }
    let main = ["src/main.rs", "src/lib.rs"].into_iter().find(|path| member.folder.join(path).is_file());
    steps.push(format!("add to {}: mod csp;", main.unwrap_or("src/main.rs")));
    let layer = layer.replace("NAME", name);
    steps.push(format!("send the header: {layer}, or csp::{name}.header()"));
    if !report.unresolved.is_empty() {
        let count = report.unresolved.len();
        steps.push(format!("look at what could not be made out ({count}): cargo csp scan"));
    }
    steps.push("cargo check".to_owned());
    let mut out = io::stdout().lock();
    writeln!(out, "Next:")?;
    for (number, step) in (1..).zip(&steps) {
        writeln!(out, "  {number}. {step}")?;
    }
    Ok(())
}
