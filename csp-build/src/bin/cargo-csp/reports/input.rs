//! Bodies, one a line, or one over all lines.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use csp_core::report::{BodyErrorKind, Limits, parse};

use crate::files::unreadable;

/// Calls `take` with each body, and with what tells where it stands.
pub(super) fn read(file: &Path, take: impl FnMut(&str, &[u8])) -> io::Result<()> {
    if file.as_os_str() == "-" {
        return read_from(io::stdin().lock(), take);
    }
    let named = |error: io::Error| unreadable(file, &error);
    let open = File::open(file).map_err(named)?;
    read_from(BufReader::new(open), take).map_err(named)
}

fn read_from(mut input: impl BufRead, mut take: impl FnMut(&str, &[u8])) -> io::Result<()> {
    let mut line = Vec::new();
    let mut is_first = true;
    for number in 1_usize.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        if is_first && !is_whole(&line) {
            return read_document(input, line, number, take);
        }
        is_first = false;
        take(&format!("line {number}: "), line.trim_ascii());
    }
    Ok(())
}

/// The first line is no document by itself: perhaps all lines are one.
fn read_document(
    mut input: impl BufRead,
    mut text: Vec<u8>,
    first: usize,
    mut take: impl FnMut(&str, &[u8]),
) -> io::Result<()> {
    input.read_to_end(&mut text)?;
    if is_whole(&text) {
        take("", &text);
        return Ok(());
    }
    for (index, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii();
        if !line.is_empty() {
            take(&format!("line {}: ", first + index), line);
        }
    }
    Ok(())
}

/// Whether the text is a JSON document, and not the beginning of one.
fn is_whole(text: &[u8]) -> bool {
    // Nothing of it is kept.
    match parse(text, &Limits::NONE.entries(0)) {
        Ok(_) => true,
        Err(error) => error.kind() == BodyErrorKind::NotReports,
    }
}
