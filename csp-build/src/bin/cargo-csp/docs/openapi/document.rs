//! An OpenAPI document, and places in it.

use std::fs;
use std::io;
use std::path::Path;

use csp_core::{excerpt, visible};
use serde_json::{Map, Value};

use super::yaml;
use crate::files::unreadable;

/// The largest document that is read.
const LARGEST: u64 = 64 << 20;

/// A document that says it is OpenAPI 3.
pub(super) struct Document {
    /// Its path, as it is shown.
    pub(super) file: String,
    pub(super) root: Value,
    pub(super) title: Option<String>,
    pub(super) version: Option<String>,
}

impl Document {
    /// Reads a file, which is JSON or YAML.
    pub(super) fn read(path: &Path, file: String) -> io::Result<Self> {
        let invalid =
            |message: String| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {message}", path.display()));
        let named = |error: io::Error| unreadable(path, &error);
        if fs::metadata(path).map_err(named)?.len() > LARGEST {
            return Err(invalid(format!("larger than {} MiB", LARGEST >> 20)));
        }
        let bytes = fs::read(path).map_err(named)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| invalid(format!("not UTF-8: {error}")))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let is_json = match path.extension().and_then(|extension| extension.to_str()) {
            Some(extension) if extension.eq_ignore_ascii_case("json") => true,
            Some(extension) if extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml") => false,
            _ => text.trim_start().starts_with('{'),
        };
        let root: Value = if is_json {
            serde_json::from_str(text).map_err(|error| invalid(format!("not JSON: {error}")))?
        } else {
            yaml::parse(text).map_err(|problem| invalid(format!("not YAML that can be read: {}", visible(&problem))))?
        };
        let document = Self { file, title: None, version: None, root };
        document.check_version()?;
        let info = document.root.get("info");
        let info = |key: &str| info.and_then(|info| info.get(key)).and_then(text_of);
        Ok(Self { title: info("title"), version: info("version"), ..document })
    }

    fn check_version(&self) -> io::Result<()> {
        let version = self.root.get("openapi").and_then(text_of);
        match version.as_deref() {
            Some(version) if version.split('.').next() == Some("3") => Ok(()),
            Some(version) => Err(self.invalid("/openapi", &format!("`{}` is not 3.0, 3.1 or 3.2", excerpt(version)))),
            None if self.root.get("swagger").is_some() => {
                Err(self.invalid("/swagger", "an older format: convert the document to OpenAPI 3"))
            }
            None => Err(self.invalid("", "no OpenAPI 3 document: expected a member `openapi` such as \"3.1.0\"")),
        }
    }

    /// A mistake, with its place.
    pub(super) fn invalid(&self, pointer: &str, message: &str) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, format!("{}#{}: {message}", self.file, visible(pointer)))
    }

    /// The members of an object; none where it isn't there.
    pub(super) fn object<'v>(
        &self,
        value: Option<&'v Value>,
        pointer: &str,
    ) -> io::Result<Option<&'v Map<String, Value>>> {
        match value {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(members)) => Ok(Some(members)),
            Some(other) => Err(self.unexpected("an object", other, pointer)),
        }
    }

    /// The entries of an array; none where it isn't there.
    pub(super) fn array<'v>(&self, value: Option<&'v Value>, pointer: &str) -> io::Result<&'v [Value]> {
        match value {
            None | Some(Value::Null) => Ok(&[]),
            Some(Value::Array(entries)) => Ok(entries),
            Some(other) => Err(self.unexpected("an array", other, pointer)),
        }
    }

    /// A text or number; none where it isn't there.
    pub(super) fn text(&self, value: Option<&Value>, pointer: &str) -> io::Result<Option<String>> {
        match value {
            None | Some(Value::Null) => Ok(None),
            Some(value) => text_of(value).map(Some).ok_or_else(|| self.unexpected("a text", value, pointer)),
        }
    }

    fn unexpected(&self, expected: &str, found: &Value, pointer: &str) -> io::Error {
        let found = match found {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        };
        self.invalid(pointer, &format!("expected {expected}, found {found}"))
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A pointer one member deeper.
pub(super) fn below(pointer: &str, key: impl std::fmt::Display) -> String {
    format!("{pointer}/{}", key.to_string().replace('~', "~0").replace('/', "~1"))
}
