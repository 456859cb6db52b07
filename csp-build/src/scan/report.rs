//! What a scan has found.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
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

    /// Names another call in the chain, and the one that connects for it.
    pub(crate) fn lead_to(&mut self, call: &Self, which: &str) {
        let what = format!("a call of `{}` {which}", call.sink);
        self.lead(&Step { place: call.place.clone(), what });
        self.connect_as(call);
    }

    /// Names in the chain what connects for another call that is listed as this one.
    fn connect_as(&mut self, call: &Self) {
        if let Some(step) = call.chain.first().filter(|step| step.what.starts_with(SINK_CALL)) {
            self.lead(step);
        }
    }

    /// Lists a further call that comes to the same by the same call that connects: by that one.
    fn join(&mut self, call: &Self) {
        let at = self.sink_call().clone();
        if at != self.place {
            let caller = Step::hands_on(std::mem::replace(&mut self.place, at));
            if let Some(first) = self.chain.first_mut() {
                *first = caller;
            }
        }
        let at = self.chain.iter().position(|step| !step.is_call()).unwrap_or(self.chain.len());
        let steps = call.chain.iter().filter(|step| step.what == HANDS_ON).cloned();
        let steps: Vec<_> = [Step::hands_on(call.place.clone())].into_iter().chain(steps).collect();
        for step in steps {
            let is_known = step.place == self.place || self.chain.iter().any(|known| known.place == step.place);
            if !is_known && self.chain.len() < MOST_STEPS {
                self.chain.insert(at, step);
            }
        }
    }

    fn lead(&mut self, step: &Step) {
        let is_known = step.place == self.place || self.chain.iter().any(|known| known.place == step.place);
        if !is_known && self.chain.len() < MOST_STEPS {
            self.chain.push(step.clone());
        }
    }

    pub(crate) fn file(place: Place, reason: Reason) -> Self {
        Self::new(place, "file".to_owned(), reason)
    }

    /// Where the call is that connects, which may be far from where its URL comes from.
    pub(crate) fn sink_call(&self) -> &Place {
        self.chain.first().filter(|step| step.what.starts_with(SINK_CALL)).map_or(&self.place, |step| &step.place)
    }
}

impl Report {
    /// Lists once what several calls lack: a variable that isn't set, by the first of them; anything else that they come to by
    /// the same call that connects, by that one. The others are in the chain.
    pub(crate) fn group(&mut self) {
        let mut first: HashMap<Lacking, usize> = HashMap::new();
        let mut listed: Vec<Unresolved> = Vec::new();
        for call in self.unresolved.drain(..) {
            let Some(lacking) = Lacking::of(&call) else {
                listed.push(call);
                continue;
            };
            match first.entry(lacking) {
                Entry::Vacant(entry) => {
                    entry.insert(listed.len());
                    listed.push(call);
                }
                Entry::Occupied(entry) => {
                    let Some(own) = listed.get_mut(*entry.get()) else { continue };
                    match entry.key() {
                        Lacking::Variable(_) => own.lead_to(&call, "that misses it, too"),
                        Lacking::Value { .. } => own.join(&call),
                    }
                }
            }
        }
        self.unresolved = listed;
        self.unresolved.sort();
    }

    pub(crate) fn sort(&mut self) {
        self.endpoints.sort();
        self.endpoints.dedup_by(|next, first| {
            (&next.place, &next.origin, &next.sink) == (&first.place, &first.origin, &first.sink)
        });
        self.unresolved.sort();
        self.unresolved.dedup_by(|next, first| {
            let is_same =
                is_same_call(next, first) && next.reason == first.reason && next.sink_call() == first.sink_call();
            // Of several ways the one with the most steps tells the most.
            if is_same && next.chain.len() > first.chain.len() {
                std::mem::swap(next, first);
            }
            is_same
        });
        // Of what nobody can make out a few reasons say as much as all. What somebody can mend is named each time. Where several
        // calls connect to what is handed in here, each is one.
        let mut few: Vec<Unresolved> = Vec::new();
        for calls in self.unresolved.chunk_by(is_same_call) {
            let mut of_kinds: Vec<(&Place, ReasonCode, usize)> = Vec::new();
            for call in calls {
                let (sink_call, code) = (call.sink_call(), call.reason.code);
                let known = of_kinds.iter().position(|(place, kind, _)| *place == sink_call && *kind == code);
                let place = known.unwrap_or_else(|| {
                    of_kinds.push((sink_call, code, 0));
                    of_kinds.len() - 1
                });
                let most = match code {
                    ReasonCode::TooComplex => 1,
                    ReasonCode::DynamicHost | ReasonCode::Parameter | ReasonCode::UnresolvedUrl => MOST_REASONS,
                    _ => usize::MAX,
                };
                if let Some((.., count)) = of_kinds.get_mut(place).filter(|(.., count)| *count < most) {
                    *count += 1;
                    few.push(call.clone());
                }
            }
        }
        self.unresolved = few;
    }
}

/// What isn't known of a call, so that other calls may lack the same.
#[derive(PartialEq, Eq, Hash)]
enum Lacking {
    Variable(Reason),
    Value {
        sink: String,
        /// The call that connects.
        at: Place,
        reason: Reason,
        /// Where the value that isn't known comes from.
        root: Place,
    },
}

impl Lacking {
    fn of(call: &Unresolved) -> Option<Self> {
        if call.reason.code == ReasonCode::EnvMissing {
            return Some(Self::Variable(call.reason.clone()));
        }
        let root = call.chain.last().filter(|step| !step.is_call())?;
        Some(Self::Value {
            sink: call.sink.clone(),
            at: call.sink_call().clone(),
            reason: call.reason.clone(),
            root: root.place.clone(),
        })
    }
}

/// How a chain names the call that connects, and a call between it and the place that is listed.
const SINK_CALL: &str = "the call of ";
const HANDS_ON: &str = "a call that hands it on";

impl Step {
    pub(crate) fn sink_call(place: Place, sink: &str) -> Self {
        Self { place, what: format!("{SINK_CALL}`{sink}`") }
    }

    pub(crate) fn hands_on(place: Place) -> Self {
        Self { place, what: HANDS_ON.to_owned() }
    }

    fn is_call(&self) -> bool {
        self.what.starts_with(SINK_CALL) || self.what == HANDS_ON
    }
}

/// The most steps of a chain.
const MOST_STEPS: usize = 256;

/// The most reasons of a kind that are given for a call.
const MOST_REASONS: usize = 2;

fn is_same_call(one: &Unresolved, other: &Unresolved) -> bool {
    (&one.place, &one.sink) == (&other.place, &other.sink)
}
