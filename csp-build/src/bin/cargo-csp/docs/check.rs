//! `--check`: whether a file is what would be written.

use std::fs;
use std::io;
use std::path::Path;

use csp_core::excerpt;

use crate::files::unreadable;
use crate::outcome::{Outcome, remark};

/// Says where the file differs first.
///
/// # Errors
///
/// If the file can't be read, and is there.
pub(super) fn compare(path: &Path, expected: &str) -> io::Result<Outcome> {
    let shown = excerpt(&path.to_string_lossy());
    let found = match fs::read(path) {
        Ok(found) => found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            remark(&format_args!("{shown} doesn't exist: write it with --out"));
            return Ok(Outcome::Findings);
        }
        Err(error) => return Err(unreadable(path, &error)),
    };
    // Git may have given the file other line ends.
    let found = String::from_utf8_lossy(&found).replace("\r\n", "\n");
    if found == expected {
        return Ok(Outcome::Clean);
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (found.lines().collect(), expected.lines().collect());
    let first = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let line = |lines: &[&str]| lines.get(first).map_or_else(|| "(end of file)".to_owned(), |line| excerpt(line));
    remark(&format_args!("{shown} is stale: it differs from line {} on", first + 1));
    remark(&format_args!("- {}\n+ {}", line(&old), line(&new)));
    remark(&"write it again with --out");
    Ok(Outcome::Findings)
}
