//! `cargo csp emit`: the declared policies, in the form that a server takes.

mod arguments;
mod forms;
mod headers;

use std::collections::BTreeMap;
use std::io::{self, Write};

use csp_core::directives;
use serde::Serialize;

use crate::declarations::{self, Build, Declaration};
use crate::outcome::{Outcome, remark};
use crate::scanned;
use crate::workspace::Workspace;

pub(crate) use arguments::Emit;

use arguments::EmitForm;
use headers::Headers;

#[derive(Serialize)]
struct Report<'d> {
    schema: &'static str,
    policies: Vec<Emitted<'d>>,
}

#[derive(Serialize)]
struct Emitted<'d> {
    name: Option<&'d str>,
    file: &'d str,
    line: usize,
    /// The policy, with `{nonce}` where each response has its own.
    header: &'d str,
    directives: BTreeMap<&'d str, Vec<&'d str>>,
    /// All headers by their names.
    headers: BTreeMap<&'static str, &'d str>,
}

pub(crate) fn run(emit: &Emit) -> io::Result<Outcome> {
    let workspace = Workspace::find(&emit.packages)?;
    let build = Build::new(emit.debug)?;
    let scans = |member: &_| scanned::data(&workspace, member);
    let declared = declarations::read(&workspace, &emit.features, &build, &scans)?;
    let chosen: Vec<&Declaration> = match &emit.name {
        Some(name) => declared.iter().filter(|declaration| declaration.name.as_ref() == Some(name)).collect(),
        None => declared.iter().collect(),
    };
    let mut out = io::stdout().lock();
    if emit.format == EmitForm::Json {
        serde_json::to_writer(&mut out, &report(&chosen))?;
        writeln!(out)?;
        return Ok(Outcome::Clean);
    }
    match chosen.as_slice() {
        [] => Err(missing(emit.name.as_deref(), &declared)),
        [declaration] => {
            let written = forms::write(emit.format, &Headers::of(declaration)).map_err(io::Error::other)?;
            out.write_all(written.text.as_bytes())?;
            if !written.omitted.is_empty() {
                remark(&format!("note: left out, since this form can't hold it: {}", written.omitted.join(", ")));
            }
            Ok(Outcome::Clean)
        }
        several => Err(io::Error::other(format!(
            "there are {} declarations: choose one by --name\n{}",
            several.len(),
            titles(several.iter().copied())
        ))),
    }
}

fn missing(name: Option<&str>, declared: &[Declaration]) -> io::Error {
    let message = match (name, declared) {
        (Some(name), [_, ..]) => format!("there is no declaration `{name}`, but\n{}", titles(declared)),
        _ => "there is no connect_src! and no policy! in the crate's sources".to_owned(),
    };
    io::Error::new(io::ErrorKind::NotFound, message)
}

fn titles<'d>(declarations: impl IntoIterator<Item = &'d Declaration>) -> String {
    let titles: Vec<String> = declarations.into_iter().map(|each| format!("  {}", each.title())).collect();
    titles.join("\n")
}

fn report<'d>(declarations: &[&'d Declaration]) -> Report<'d> {
    let policies = declarations.iter().map(|declaration| Emitted {
        name: declaration.name.as_deref(),
        file: &declaration.file,
        line: declaration.line,
        header: &declaration.header,
        directives: directives(&declaration.header)
            .map(|(name, value)| (name, value.split_ascii_whitespace().collect()))
            .collect(),
        headers: Headers::of(declaration).list.into_iter().collect(),
    });
    Report { schema: "cargo-csp/emit/1", policies: policies.collect() }
}
