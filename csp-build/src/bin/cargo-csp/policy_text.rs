//! Policies on the command line: as text, or in a file.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use csp_core::visible;

/// The policy in a file, if there is one of that name; else the text itself.
///
/// # Errors
///
/// If the file can't be read.
pub(crate) fn read(argument: &str) -> io::Result<Cow<'_, str>> {
    if !Path::new(argument).is_file() {
        return Ok(argument.into());
    }
    let text = fs::read_to_string(argument);
    let text = text.map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", visible(argument))))?;
    // A file may have the line of the header as it is sent.
    let value = match text.split_once(':') {
        Some((name, value)) if name.trim().to_ascii_lowercase().starts_with("content-security-policy") => value,
        _ => &text,
    };
    Ok(value.trim().replace(['\r', '\n'], " ").into())
}
