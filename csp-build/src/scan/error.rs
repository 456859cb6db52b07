//! Why a scan could not run.

use std::fmt;
use std::io;
use std::path::Path;

/// Why a scan could not run.
#[derive(Debug)]
pub struct Error {
    message: String,
    source: Option<io::Error>,
}

impl Error {
    pub(crate) fn no_such_root(root: &Path) -> Self {
        Self { message: format!("`{}` doesn't exist", csp_core::excerpt(&root.to_string_lossy())), source: None }
    }

    pub(crate) fn env_file(file: &Path, error: io::Error) -> Self {
        let file = csp_core::excerpt(&file.to_string_lossy());
        Self { message: format!("the env file `{file}` can't be read: {error}"), source: Some(error) }
    }

    pub(crate) fn sink(text: &str, what: &str) -> Self {
        let shown = csp_core::excerpt(text);
        let message = format!("the sink `{shown}` {what}: write it as `fetchJson(0)` or `@acme/http:get(0)`");
        Self { message, source: None }
    }

    pub(crate) fn glob(glob: &str) -> Self {
        let shown = csp_core::excerpt(glob);
        let message = format!("the glob `{shown}` has a bracket without its other half: escape it with `\\`");
        Self { message, source: None }
    }

    pub(crate) fn base_url(url: &str) -> Self {
        let shown = csp_core::excerpt(url);
        let message = format!("the base URL `{shown}` has no scheme and host: write it as `https://app.example.com/`");
        Self { message, source: None }
    }

    pub(crate) fn tsconfig(path: &Path, what: &str) -> Self {
        let shown = csp_core::excerpt(&path.to_string_lossy());
        Self { message: format!("the tsconfig `{shown}` {what}"), source: None }
    }

    pub(crate) fn thread(error: io::Error) -> Self {
        Self { message: format!("no thread to scan on: {error}"), source: Some(error) }
    }

    pub(crate) fn crashed() -> Self {
        Self { message: "the scan crashed: please report it".to_owned(), source: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}
