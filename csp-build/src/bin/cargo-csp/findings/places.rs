//! Paths as a repository calls its files.

use std::fmt::Write as _;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The repository that the working directory is in, or the working directory.
pub(super) struct Places {
    root: PathBuf,
    here: PathBuf,
}

impl Places {
    pub(super) fn of_repository() -> io::Result<Self> {
        let here = std::env::current_dir()?;
        let root = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&here).to_owned();
        Ok(Self { root, here })
    }

    /// A path relative to the repository, with `/` between its parts.
    pub(super) fn relative(&self, file: &str) -> String {
        let mut full = PathBuf::new();
        for component in self.here.join(file).components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => {
                    full.pop();
                }
                other => full.push(other),
            }
        }
        let relative = full.strip_prefix(&self.root).unwrap_or(Path::new(file));
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }

    /// The same as the path of a URI.
    pub(super) fn uri(&self, file: &str) -> String {
        let mut uri = String::new();
        for byte in self.relative(file).bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) {
                uri.push(char::from(byte));
            } else {
                // Writing to a `String` can't fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
        uri
    }
}
