//! What a scan has found.

use std::fmt;
use std::path::PathBuf;

/// The origin of relative URLs, and of `location.origin`.
pub const SELF_ORIGIN: &str = "'self'";

/// What a front end connects to, and what the scan could not make out.
///
/// Both lists are sorted and without duplicates, so that equal inputs give equal reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The origins that are known.
    pub endpoints: Vec<Endpoint>,
    /// The calls whose origin is not known, and the files that could not be read.
    pub unresolved: Vec<Unresolved>,
    /// What the report depends on.
    pub inputs: Inputs,
}

/// What a report depends on, for those who want to know when to scan again. New files below a root count, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Inputs {
    /// The files that were read, as they are shown in places, sorted. Some may lie outside of all roots: an import led there.
    pub files: Vec<String>,
    /// The env files that count, in the order in which they do, whether they exist or not.
    pub env_files: Vec<PathBuf>,
    /// The variables of the environment that the front end asks for, sorted.
    pub variables: Vec<String>,
}

/// A call, and an origin that it connects to. A call with several origins has an endpoint for each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Endpoint {
    /// Where the call is written; for a function that passes its parameter on, where that function is called.
    pub place: Place,
    /// A source for `connect-src`, such as `https://api.example.com` or `'self'`; the default port is left out.
    pub origin: String,
    /// The function that connects, such as `fetch` or `axios.get`.
    pub sink: String,
    /// How the origin was found.
    pub resolution: Resolution,
    /// The rule of an SDK that implies the origin, such as `sentry-dsn`, where [`Resolution::Sdk`] found it.
    pub rule: Option<&'static str>,
}

/// A call whose origin is not known: somebody has to look at it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Unresolved {
    /// Where the call is written.
    pub place: Place,
    /// The function that connects; `file` where a whole file could not be read.
    pub sink: String,
    /// What is not known about it.
    pub reason: Reason,
    /// How the scan came from the call to what is not known: variables, parameters, imports.
    pub chain: Vec<Step>,
}

/// A step from a call to what it depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Step {
    /// Where it is written.
    pub place: Place,
    /// What is there: `` `host` ``, ``the parameter `url` of `request` ``.
    pub what: String,
}

/// A place in a file. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Place {
    /// The path, with `/` between its parts, relative to the working directory where the file is below it.
    pub file: String,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// The furthest step that led to an origin, from the surest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Resolution {
    /// The URL stands in the call.
    #[default]
    Literal,
    /// A constant or variable of the same file.
    Constant,
    /// A variable of the environment or of an env file.
    Environment,
    /// A constant of another file.
    Import,
    /// A member of an object, a field of a class, or the base URL of a client.
    Member,
    /// A parameter or a return value.
    Call,
    /// A host that a library connects to without being told, by the rule that [`Endpoint::rule`] names.
    Sdk,
    /// A `csp-connect:` comment.
    Comment,
}

impl Resolution {
    /// The word for it in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Literal => "literal",
            Self::Constant => "constant",
            Self::Environment => "environment",
            Self::Import => "import",
            Self::Member => "member",
            Self::Call => "call",
            Self::Sdk => "sdk",
            Self::Comment => "comment",
        }
    }
}

/// Why an origin is not known: a stable code, and a sentence about this one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Reason {
    /// What kind of reason it is.
    pub code: ReasonCode,
    /// The particulars.
    pub detail: String,
}

/// The kinds of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReasonCode {
    /// The scheme is known, the host is not, or not to its end.
    DynamicHost,
    /// An environment variable that no env file sets.
    EnvMissing,
    /// The text is no URL that a policy can name.
    InvalidUrl,
    /// The URL comes from a parameter, and who calls is not known.
    Parameter,
    /// The URL comes from the page's own URL: whoever makes a link to the page chooses where its data goes.
    ParamFromLocation,
    /// The scheme is the page's own, so `http:` or `https:`.
    SchemeRelative,
    /// The file can't be parsed.
    SyntaxError,
    /// The scan stopped at one of its limits.
    TooComplex,
    /// The file or folder can't be read.
    Unreadable,
    /// The value comes from where the scan doesn't look.
    UnresolvedUrl,
}

impl ReasonCode {
    pub(crate) const ALL: &[Self] = &[
        Self::DynamicHost,
        Self::EnvMissing,
        Self::InvalidUrl,
        Self::Parameter,
        Self::ParamFromLocation,
        Self::SchemeRelative,
        Self::SyntaxError,
        Self::TooComplex,
        Self::Unreadable,
        Self::UnresolvedUrl,
    ];

    /// The code, as it is written in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DynamicHost => "dynamic-host",
            Self::EnvMissing => "env-missing",
            Self::InvalidUrl => "invalid-url",
            Self::Parameter => "parameter",
            Self::ParamFromLocation => "param-from-location",
            Self::SchemeRelative => "scheme-relative",
            Self::SyntaxError => "syntax-error",
            Self::TooComplex => "too-complex",
            Self::Unreadable => "unreadable",
            Self::UnresolvedUrl => "unresolved-url",
        }
    }
}

impl Reason {
    pub(crate) fn new(code: ReasonCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.code.as_str(), self.detail)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Endpoint {
    pub(crate) fn new(place: Place, origin: String, sink: String, resolution: Resolution) -> Self {
        Self { place, origin, sink, resolution, rule: None }
    }
}

impl Unresolved {
    pub(crate) fn new(place: Place, sink: String, reason: Reason) -> Self {
        Self { place, sink, reason, chain: Vec::new() }
    }

    pub(crate) fn file(place: Place, reason: Reason) -> Self {
        Self::new(place, "file".to_owned(), reason)
    }
}
