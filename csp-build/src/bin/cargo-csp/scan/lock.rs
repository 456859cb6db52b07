//! `csp.lock`.

use std::fs;
use std::io;
use std::path::Path;

use csp_core::scan::ScanData;

use crate::files::unwritable;
use crate::front_end::Subject;
use crate::outcome::remark;

const HEAD: &str =
    "# What `cargo csp scan --lock` has found. Check it in: a build without the scanner compares it with the files.\n";

/// Writes the lock into the front end's folder, unless it says the same already.
pub(super) fn write(subject: &Subject, data: &ScanData, path: &Path, is_quiet: bool) -> io::Result<()> {
    let text = format!("{HEAD}{data}");
    let full = subject.folder.join(path);
    let shown = csp_core::visible(&subject.shown(&path.to_string_lossy()));
    if fs::read(&full).is_ok_and(|old| old == text.as_bytes()) {
        if !is_quiet {
            remark(&format_args!("{shown} is up to date"));
        }
        return Ok(());
    }
    fs::write(&full, text).map_err(|error| unwritable(Path::new(&shown), &error))?;
    if !is_quiet {
        remark(&format_args!("wrote {shown}"));
    }
    Ok(())
}

/// Each package has a lock of its own.
pub(super) fn refuse_shared(path: Option<&Path>, subjects: &[Subject]) -> io::Result<()> {
    match path {
        Some(path) if path.is_absolute() && subjects.len() > 1 => {
            let shown = csp_core::excerpt(&path.to_string_lossy());
            let message = format!(
                "{shown}: several packages can't have one lock: choose one by --package, or give a path that is told from \
                 each package's folder"
            );
            Err(io::Error::new(io::ErrorKind::InvalidInput, message))
        }
        _ => Ok(()),
    }
}
