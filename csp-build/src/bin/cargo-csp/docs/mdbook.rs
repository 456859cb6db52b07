//! A preprocessor of mdBook: JSON on stdin, `[context, book]`; the book on stdout.

use std::io::{self, Write as _};

use serde_json::Value;

use super::{Docs, markdown, reference};
use crate::outcome::Outcome;

/// What stands for the reference in a chapter.
const MARKER: &str = "{{#csp-reference}}";

/// How deep chapters stand in each other.
const DEEPEST: usize = 64;

pub(super) fn run(docs: &Docs) -> io::Result<Outcome> {
    // Every renderer takes Markdown.
    if docs.question.first().is_some_and(|question| question == "supports") {
        return Ok(Outcome::Clean);
    }
    let input: (Value, Value) = serde_json::from_reader(io::stdin().lock())
        .map_err(|error| io::Error::other(format!("stdin is not what mdBook sends, [context, book]: {error}")))?;
    let (_, mut book) = input;
    let mut text = None;
    fill_in(
        &mut book,
        &mut || match &text {
            Some(text) => Ok(String::clone(text)),
            None => Ok(text.insert(markdown::write_section(&reference(docs)?)).clone()),
        },
        0,
    )?;
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &book)?;
    writeln!(out)?;
    Ok(Outcome::Clean)
}

fn fill_in(value: &mut Value, text: &mut dyn FnMut() -> io::Result<String>, depth: usize) -> io::Result<()> {
    match value {
        Value::Array(list) if depth < DEEPEST => list.iter_mut().try_for_each(|each| fill_in(each, text, depth + 1)),
        Value::Object(members) if depth < DEEPEST => members.iter_mut().try_for_each(|(key, each)| match each {
            Value::String(content) if key == "content" && content.contains(MARKER) => {
                *content = content.replace(MARKER, &text()?);
                Ok(())
            }
            each => fill_in(each, text, depth + 1),
        }),
        _ => Ok(()),
    }
}
