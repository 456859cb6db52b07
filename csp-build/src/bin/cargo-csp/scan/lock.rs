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
pub(super) fn write(subject: &Subject, data: &ScanData, path: &Path) -> io::Result<()> {
    let text = format!("{HEAD}{data}");
    let full = subject.folder.join(path);
    let shown = csp_core::visible(&subject.shown(&path.to_string_lossy()));
    if fs::read(&full).is_ok_and(|old| old == text.as_bytes()) {
        remark(&format_args!("{shown} is up to date"));
        return Ok(());
    }
    fs::write(&full, text).map_err(|error| unwritable(Path::new(&shown), &error))?;
    remark(&format_args!("wrote {shown}"));
    Ok(())
}
