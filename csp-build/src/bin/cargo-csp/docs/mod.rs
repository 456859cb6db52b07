//! `cargo csp docs`: the reference of every external endpoint.

mod arguments;
mod check;
mod coverage;
mod destination;
mod endpoint;
#[cfg(feature = "scan")]
mod front_end;
#[cfg(not(feature = "scan"))]
#[path = "no_front_end.rs"]
mod front_end;
mod html;
mod inputs;
mod markdown;
mod mdbook;
mod openapi;
mod policies;
mod reference;
mod rust;
mod usage;
mod words;

use std::fs;
use std::io::{self, Write as _};

use crate::files::unwritable;
use crate::outcome::{Outcome, remark};

use arguments::DocsForm;
use inputs::Inputs;
use reference::Reference;

pub(crate) use arguments::Docs;

pub(crate) fn run(docs: &Docs) -> io::Result<Outcome> {
    if docs.mdbook {
        return mdbook::run(docs);
    }
    let text = write(&reference(docs)?, docs.format)?;
    if let Some(path) = &docs.check {
        return check::compare(path, &text);
    }
    match &docs.out {
        Some(path) => {
            // What is the same is left alone, so that builds which watch the file don't run again.
            if fs::read(path).ok().as_deref() != Some(text.as_bytes()) {
                fs::write(path, text).map_err(|error| unwritable(path, &error))?;
            }
        }
        None => io::stdout().lock().write_all(text.as_bytes())?,
    }
    Ok(Outcome::Clean)
}

fn reference(docs: &Docs) -> io::Result<Reference> {
    let reference = Inputs::read(docs)?.reference();
    remark(&reference.summary);
    Ok(reference)
}

fn write(reference: &Reference, form: DocsForm) -> io::Result<String> {
    Ok(match form {
        DocsForm::Html => html::write(reference),
        DocsForm::Json => serde_json::to_string_pretty(reference)? + "\n",
        DocsForm::Markdown => markdown::write(reference),
    })
}
