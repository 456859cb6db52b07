//! Paths as a repository calls its files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::workspace::relative;

/// The repository of the folder that places are told from, or that folder.
pub(super) struct Places {
    root: PathBuf,
    base: PathBuf,
}

impl Places {
    pub(super) fn of_repository(base: &Path) -> Self {
        let root = base.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(base).to_owned();
        Self { root, base: base.to_owned() }
    }

    /// A path relative to the repository, with `/` between its parts.
    pub(super) fn relative(&self, file: &str) -> String {
        relative(&self.root, &self.base.join(file))
    }

    /// The same as the path of a URI; of a file that is not of the repository, a whole URI.
    pub(super) fn uri(&self, file: &str) -> Result<String, String> {
        let relative = self.relative(file);
        if relative == ".." || relative.starts_with("../") {
            let absolute = self.base.join(file);
            return Err(format!("file://{}", encoded(&absolute.to_string_lossy().replace('\\', "/"))));
        }
        Ok(encoded(&relative))
    }
}

fn encoded(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a `String` can't fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
