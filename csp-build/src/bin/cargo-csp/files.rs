//! Files that somebody names: what is wrong with one is said with its name, and with what to do.

use std::io::{self, ErrorKind};
use std::path::Path;

use csp_core::excerpt;

/// Why a file can't be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> io::Error {
    named(path, error, "there is no such file: look at its name, and at the folder that this runs in")
}

/// Why a file can't be written.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> io::Error {
    named(path, error, "there is no such folder: make it first")
}

fn named(path: &Path, error: &io::Error, missing: &str) -> io::Error {
    let message = match error.kind() {
        ErrorKind::NotFound => missing.to_owned(),
        ErrorKind::IsADirectory => "that is a folder: name a file".to_owned(),
        ErrorKind::NotADirectory => "a part of the path is a file, and no folder".to_owned(),
        ErrorKind::PermissionDenied => "permission denied: look at its mode and its owner".to_owned(),
        ErrorKind::InvalidData => "it is not UTF-8: save it in that encoding".to_owned(),
        _ => error.to_string(),
    };
    io::Error::new(error.kind(), format!("{}: {message}", excerpt(&path.to_string_lossy())))
}
