//! Policies on the command line: as text, in a file, or on stdin.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use csp_core::{DirectiveName, excerpt};

use crate::files::unreadable;

/// The policy in a file, if there is one of that name, or on stdin for `-`; else the text itself.
///
/// # Errors
///
/// If the file can't be read, or the text is no policy and was meant as the name of a file.
pub(crate) fn read(argument: &str) -> io::Result<Cow<'_, str>> {
    let path = Path::new(argument);
    let text = if argument == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map_err(|error| unreadable(path, &error))?;
        text
    } else if path.exists() {
        fs::read_to_string(path).map_err(|error| unreadable(path, &error))?
    } else if is_name(argument) {
        let message = format!(
            "`{}` is no file here, and no policy: give the value of a Content-Security-Policy header, the name of a file \
             that holds one, or - for stdin",
            excerpt(argument)
        );
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    } else {
        return Ok(argument.into());
    };
    // A file may have the line of the header as it is sent.
    let value = match text.split_once(':') {
        Some((name, value)) if name.trim().to_ascii_lowercase().starts_with("content-security-policy") => value,
        _ => &text,
    };
    Ok(value.trim().replace(['\r', '\n'], " ").into())
}

/// Whether it is one word, and no directive: to compare or to judge that would be to say something about nothing.
fn is_name(argument: &str) -> bool {
    let word = argument.trim();
    !word.is_empty()
        && !word.contains(|character: char| character.is_whitespace() || ";,".contains(character))
        && DirectiveName::from_name(word).is_none()
}
