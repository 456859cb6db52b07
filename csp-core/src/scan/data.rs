//! The text form of what a scan has found: of `csp.lock`, and of what a build script leaves for the macros.
//!
//! ```text
//! csp-scan 1
//! mode production
//! root web/src
//! option ignore **/legacy/**
//! file 8a5e… web/src/api.ts
//! variable 77c0… VITE_API
//! call https://api.example.com web/src/api.ts:4:10 fetch
//! unresolved web/src/tenant.ts:7:3 fetch dynamic-host after `https://` comes …
//! end
//! ```
//!
//! One line for each, its words between blanks; within a word, blanks and percent signs are percent-encoded. The last word
//! of `unresolved` is the rest of its line. Lines of one kind are sorted, so that equal scans give equal text, and a change
//! is a change of its own lines.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{ScanDataError, words};

const NAME: &str = "csp-scan";
const VERSION: &str = "1";

/// What a scan has found, and of what.
///
/// ```
/// use csp_core::scan::ScanData;
///
/// let text = "csp-scan 1\nmode production\nroot web/src\ncall https://api.example.com web/src/api.ts:4:10 fetch\nend\n";
/// let data = ScanData::parse(text)?;
/// assert_eq!(data.calls[0].place.to_string(), "web/src/api.ts:4:10");
/// assert_eq!(data.to_string(), text);
/// assert!(ScanData::parse("csp-scan 1\nmode production\n").is_err(), "it is cut");
/// # Ok::<(), csp_core::scan::ScanDataError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScanData {
    /// The mode whose env files count.
    pub mode: String,
    /// The files and folders that were scanned, relative to the package.
    pub roots: Vec<String>,
    /// What else was asked for.
    pub options: Vec<ScannedOption>,
    /// The files that the result depends on; none where nobody is to compare them.
    pub files: Vec<ScannedFile>,
    /// The variables of the environment that the result depends on.
    pub variables: Vec<ScannedVariable>,
    /// The calls whose origin is known.
    pub calls: Vec<ScannedCall>,
    /// The calls whose origin is not known.
    pub unresolved: Vec<UnresolvedCall>,
}

/// An option of a scan: `ignore **/legacy/**`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScannedOption {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// A file and what it held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScannedFile {
    /// The path, relative to the package, with `/` between its parts.
    pub path: String,
    /// The hash of its content.
    pub hash: String,
}

/// A variable and what it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScannedVariable {
    /// Its name.
    pub name: String,
    /// The hash of its value; empty where it is not set.
    pub hash: String,
}

/// A call, and an origin that it connects to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScannedCall {
    /// Where it is written.
    pub place: ScannedPlace,
    /// The origin, as a source or `'self'`.
    pub origin: String,
    /// The function that connects, such as `fetch`.
    pub sink: String,
}

/// A call whose origin is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnresolvedCall {
    /// Where it is written.
    pub place: ScannedPlace,
    /// The function that connects, or `file`.
    pub sink: String,
    /// The kind of reason, such as `dynamic-host`.
    pub code: String,
    /// The particulars.
    pub detail: String,
}

/// A place in a file; line and column from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScannedPlace {
    /// The path, relative to the package.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl fmt::Display for ScannedPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl ScannedPlace {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.rsplitn(3, ':');
        let (column, line, file) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { file: file.to_owned(), line: line.parse().ok()?, column: column.parse().ok()? })
    }

    /// Whether the place is below a root: a file or a folder.
    #[must_use]
    pub fn is_below(&self, root: &str) -> bool {
        let root = normal_root(root);
        match self.file.strip_prefix(root) {
            Some(rest) => root.is_empty() || rest.is_empty() || rest.starts_with('/'),
            None => false,
        }
    }
}

/// A root without what is not needed: `./web/src/` is `web/src`, the package itself is empty.
///
/// ```
/// use csp_core::scan::normal_root;
///
/// assert_eq!([normal_root("./web/src/"), normal_root(".")], ["web/src", ""]);
/// ```
#[must_use]
pub fn normal_root(root: &str) -> &str {
    let mut root = root.trim_end_matches('/');
    while let Some(rest) = root.strip_prefix("./") {
        root = rest.trim_start_matches('/');
    }
    if root == "." { "" } else { root }
}

impl ScanData {
    /// Sorts it, so that it is written the same way whatever the order of what was found.
    // The macros never sort, and six kinds of sorting cost a tenth of this crate's build: they are built where it is called.
    #[inline]
    pub fn sort(&mut self) {
        self.roots.sort();
        self.roots.dedup();
        self.options.sort();
        self.options.dedup();
        self.files.sort();
        self.files.dedup();
        self.variables.sort();
        self.variables.dedup();
        self.calls.sort();
        self.calls.dedup();
        self.unresolved.sort();
        self.unresolved.dedup();
    }

    /// Reads what [`Display`](fmt::Display) writes. Lines that begin with `#` are for people.
    ///
    /// # Errors
    ///
    /// If the text is of another version, has a line that isn't understood, or is cut: nothing is left out silently.
    pub fn parse(text: &str) -> Result<Self, ScanDataError> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
        let first = lines.next().and_then(|(_, line)| line.strip_prefix(NAME)).map(str::trim);
        match first {
            Some(VERSION) => {}
            Some(version) => return Err(ScanDataError::other_version(version, VERSION)),
            None => return Err(ScanDataError::no_version()),
        }
        let mut data = Self::default();
        let mut has_ended = false;
        for (number, line) in lines.by_ref() {
            if line == "end" {
                has_ended = true;
                break;
            }
            data.read_line(line).ok_or_else(|| ScanDataError::line(number + 1, line))?;
        }
        if let Some((number, line)) = lines.next() {
            return Err(ScanDataError::line(number + 1, line));
        }
        if has_ended { Ok(data) } else { Err(ScanDataError::cut(text.lines().count())) }
    }

    fn read_line(&mut self, line: &str) -> Option<()> {
        let (kind, rest) = line.split_once(' ')?;
        let mut read = Vec::new();
        let count = if kind == "unresolved" { 4 } else { usize::MAX };
        for word in rest.splitn(count, ' ') {
            read.push(words::read(word)?);
        }
        let mut next = read.into_iter();
        match (kind, [next.next(), next.next(), next.next(), next.next(), next.next()]) {
            ("mode", [Some(mode), None, ..]) => self.mode = mode,
            ("root", [Some(root), None, ..]) => self.roots.push(root),
            ("option", [Some(name), Some(value), None, ..]) => self.options.push(ScannedOption { name, value }),
            ("file", [Some(hash), Some(path), None, ..]) => self.files.push(ScannedFile { path, hash }),
            ("variable", [Some(hash), Some(name), None, ..]) => self.variables.push(ScannedVariable { name, hash }),
            ("call", [Some(origin), Some(place), Some(sink), None, _]) => {
                self.calls.push(ScannedCall { place: ScannedPlace::parse(&place)?, origin, sink });
            }
            ("unresolved", [Some(place), Some(sink), Some(code), Some(detail), None]) => {
                self.unresolved.push(UnresolvedCall { place: ScannedPlace::parse(&place)?, sink, code, detail });
            }
            _ => return None,
        }
        Some(())
    }
}

impl fmt::Display for ScanData {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{NAME} {VERSION}")?;
        line(out, "mode", &[&self.mode], "")?;
        for root in &self.roots {
            line(out, "root", &[root], "")?;
        }
        for option in &self.options {
            line(out, "option", &[&option.name, &option.value], "")?;
        }
        for file in &self.files {
            line(out, "file", &[&file.hash, &file.path], "")?;
        }
        for variable in &self.variables {
            line(out, "variable", &[&variable.hash, &variable.name], "")?;
        }
        for call in &self.calls {
            line(out, "call", &[&call.origin, &format!("{}", call.place), &call.sink], "")?;
        }
        for call in &self.unresolved {
            let mut detail = String::new();
            words::push_rest(&mut detail, &call.detail);
            line(out, "unresolved", &[&format!("{}", call.place), &call.sink, &call.code], &detail)?;
        }
        writeln!(out, "end")
    }
}

fn line(out: &mut fmt::Formatter<'_>, kind: &str, texts: &[&str], rest: &str) -> fmt::Result {
    let mut text = String::from(kind);
    for word in texts {
        text.push(' ');
        words::push(&mut text, word);
    }
    if !rest.is_empty() {
        text.push(' ');
        text.push_str(rest);
    }
    writeln!(out, "{text}")
}
