//! The files and variables that a result depends on.

use std::path::Path;

use csp_core::scan::{ScannedFile, ScannedVariable};

#[cfg(feature = "scan")]
use crate::paths;
use crate::{Error, hash, walk};

/// Stands for the hash of a file that doesn't exist.
pub(crate) const ABSENT: &str = "-";

/// A file as it is now; its path is relative to the package.
pub(crate) fn file(package: &Path, path: &str) -> Result<ScannedFile, Error> {
    let full = package.join(path);
    let hash = match walk::read(&full) {
        Ok(bytes) => hash::content(&bytes),
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            ABSENT.to_owned()
        }
        Err(error) => return Err(Error::io(&full, &error)),
    };
    Ok(ScannedFile { path: path.to_owned(), hash })
}

/// A variable of the environment as it is now.
pub(crate) fn variable(name: &str) -> ScannedVariable {
    let value = std::env::var_os(name);
    let hash = value.map(|value| hash::content(value.as_encoded_bytes())).unwrap_or_default();
    ScannedVariable { name: name.to_owned(), hash }
}

/// A path relative to the package, with `/` between its parts.
#[cfg(feature = "scan")]
pub(crate) fn relative(package: &Path, path: &Path) -> String {
    // The scanner gives some paths without links.
    let package = if path.is_absolute() && !path.starts_with(package) {
        package.canonicalize().unwrap_or_else(|_| package.to_owned())
    } else {
        package.to_owned()
    };
    paths::relative(&package, &package.join(path))
}
