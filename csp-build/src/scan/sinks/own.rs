//! Functions that connect and that no table has: those of the user.

use std::fmt;
use std::str::FromStr;

use super::super::Error;
use super::Transport;

/// A function of your own, or of a library that the scan doesn't know, that connects.
///
/// It is matched by where it comes from: an import of a package, or a global.
///
/// ```
/// use csp_build::scan::{Sink, Transport};
///
/// // import { get } from "@acme/http"; get("/users", { root: "https://api.example.com" })
/// let get = Sink::package("@acme/http", "get").argument(0).base(1, "root");
/// // acme.live({ feed: "wss://live.example.com" })
/// let live = Sink::global("acme.live").member(0, "feed").transport(Transport::Socket);
/// // The same, as text.
/// assert_eq!("acme.live(0.feed) socket".parse::<Sink>()?, live);
/// assert_eq!("@acme/http:get(0; 1.root)".parse::<Sink>()?, get);
/// # Ok::<(), csp_build::scan::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a sink counts once it is given to a scan"]
pub struct Sink {
    /// `None` for a global.
    pub(super) package: Option<String>,
    pub(super) path: String,
    pub(super) transport: Transport,
    pub(super) urls: Vec<Where>,
    pub(super) bases: Vec<Where>,
}

/// An argument, or a member of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Where {
    pub(crate) argument: usize,
    /// Names of members; `*` is any.
    pub(crate) path: Vec<String>,
}

impl Sink {
    /// A global function, such as `track` or `acme.live`; a class counts when it is constructed.
    pub fn global(path: impl Into<String>) -> Self {
        Self { package: None, path: path.into(), transport: Transport::Http, urls: Vec::new(), bases: Vec::new() }
    }

    /// What a package exports, such as `get` or `http.get`; `default` is its default export.
    pub fn package(package: impl Into<String>, path: impl Into<String>) -> Self {
        let path = path.into();
        let path = if path == "default" { String::new() } else { path };
        Self { package: Some(package.into()), ..Self::global(path) }
    }

    /// The URL is this argument, counted from 0.
    pub fn argument(mut self, argument: usize) -> Self {
        self.urls.push(Where { argument, path: Vec::new() });
        self
    }

    /// The URL is a member of this argument; `options.url` is a member of a member, `*` any.
    pub fn member(mut self, argument: usize, path: &str) -> Self {
        self.urls.push(Where { argument, path: path.split('.').map(str::to_owned).collect() });
        self
    }

    /// A relative URL is below this member of an argument.
    pub fn base(mut self, argument: usize, path: &str) -> Self {
        self.bases.push(Where { argument, path: path.split('.').map(str::to_owned).collect() });
        self
    }

    /// How it connects; over HTTP where nothing else is said.
    pub fn transport(mut self, transport: Transport) -> Self {
        self.transport = transport;
        self
    }
}

/// `acme.live(0.feed) socket`, `@acme/http:get(0; 1.root)`: where it comes from, its URLs with commas between them, after
/// a `;` what relative ones are below, and `socket` or `both` where it isn't plain HTTP.
impl FromStr for Sink {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = |what: &str| Error::sink(text, what);
        let (name, rest) = text.trim().split_once('(').ok_or_else(|| wrong("has no `(` with the place of its URL"))?;
        let (places, transport) = rest.split_once(')').ok_or_else(|| wrong("has no `)`"))?;
        let mut sink = match name.trim().split_once(':') {
            Some((package, path)) => Self::package(package.trim(), path.trim()),
            None => Self::global(name.trim()),
        };
        let is_nameless = sink.package.is_none() && sink.path.is_empty();
        if is_nameless || sink.package.as_deref() == Some("") || name.contains(char::is_whitespace) {
            return Err(wrong("has no name before its `(`"));
        }
        sink.transport = match transport.trim() {
            "" | "http" => Transport::Http,
            "socket" => Transport::Socket,
            "both" => Transport::Both,
            _ => return Err(wrong("has something else than `socket` or `both` after its `)`")),
        };
        let (urls, bases) = places.split_once(';').unwrap_or((places, ""));
        let read = |places: &str| {
            let places = places.split(',').map(str::trim).filter(|place| !place.is_empty());
            places.map(|place| Where::read(place).ok_or_else(|| wrong("has a place that is no number"))).collect()
        };
        let (urls, bases): (Result<Vec<_>, _>, Result<Vec<_>, _>) = (read(urls), read(bases));
        (sink.urls, sink.bases) = (urls?, bases?);
        if sink.urls.is_empty() {
            return Err(wrong("doesn't say which argument is the URL, such as `(0)`"));
        }
        Ok(sink)
    }
}

impl Where {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let argument = parts.next()?.parse().ok()?;
        let path: Vec<_> = parts.map(str::to_owned).collect();
        (!path.iter().any(String::is_empty)).then_some(Self { argument, path })
    }
}

impl fmt::Display for Where {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.argument)?;
        self.path.iter().try_for_each(|name| write!(formatter, ".{name}"))
    }
}
