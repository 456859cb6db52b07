//! The functions that connect, as data.
//!
//! A row is matched by where the function comes from, a global or a package, never by its name alone.

mod angular_fire;
mod angular_js;
mod chains;
mod clients;
mod collections;
mod content;
mod ember;
mod firebase;
mod graphql;
mod identity;
mod leaflet;
mod maps;
mod measure;
mod models;
mod ngrx;
mod own;
mod platform;
mod plugins;
mod rails;
mod rust;
mod sdks;
mod search;
mod sockets;
mod table;
mod talk;
mod widgets;

use std::fmt;

pub use own::Sink;
pub(crate) use own::Where;
pub(crate) use table::{Row, Table, entry_point};

/// Which schemes the URL of a call stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// The scheme as it is written.
    Http,
    /// `https:` is a spelling of `wss:`.
    Socket,
    /// A library that connects over HTTP first, or falls back to it.
    Both,
}

/// Where the URL stands.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Slot {
    Argument(usize),
    /// A member of an object that is an argument; `*` is any, and dots stand between members of members.
    Key(usize, &'static str),
}

/// Where a function comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Root {
    Global,
    Package(&'static [&'static str]),
    /// An object of a class of which another row says that it makes it.
    Client(&'static str),
}

/// What a library connects to without being told.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Implied {
    /// Always.
    Origin(&'static str),
    /// Where the call has no URL.
    Otherwise(&'static str),
    /// Where the call has no URL, nor an option that has one.
    Without(&'static [Slot], &'static str),
    /// Where the call's URL leads to the first.
    Beside(&'static str, &'static str),
    /// With a text of the call, in lower case, for each `{}`.
    Filled(Slot, &'static str),
    /// The same, with what stands for a text that is left out.
    FilledOr(Slot, &'static str, &'static str),
    /// The same, and a second text.
    FilledBoth(Slot, &'static str, Slot, &'static str),
    /// What a function makes of a text that is given; where it makes nothing, the call is listed as unresolved.
    FilledBy(Slot, fn(&str) -> Option<String>),
    /// Where any of these is given.
    Given(&'static [Slot], &'static str),
    /// Servers that are objects with a `url`, or a `protocol`, a `host` and a `port`.
    Nodes(&'static [Slot]),
    /// All hosts beside that of the call's URL.
    Siblings,
    /// `Filled`, where the call has no URL.
    OtherwiseFilled(Slot, &'static str),
    /// Where a page has the library of that name in a version before this one, or none that its address tells.
    Before(&'static str, u32, &'static str),
    /// A server: its host, its port, and the host where none is given. Without such a one the call is listed as unresolved.
    Server(&'static [Slot], &'static [Slot], &'static str),
    /// Hosts that only data names, and what that is: such a call is listed as unresolved.
    Elsewhere(&'static str),
    /// The same, where the call has no URL.
    OtherwiseElsewhere(&'static str),
}

/// What has to hold of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Condition {
    /// A text, a function, or what isn't known, is given for one of these.
    Given(&'static [Slot]),
    /// Something that makes objects of a class is given.
    Class(Slot, &'static str),
    /// Something of one of these packages is given.
    Package(Slot, &'static [&'static str]),
}

/// Functions that connect, or that make what connects.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "columns of a table")]
pub(crate) struct Spec {
    pub(crate) root: Root,
    /// Names below the root, with dots; the empty one is the root itself, or a package's default export. Of a client, `*` is
    /// any, and `name.*` any below one.
    pub(crate) paths: &'static [&'static str],
    pub(crate) transport: Transport,
    pub(crate) urls: &'static [Slot],
    /// What relative URLs of this call are relative to.
    pub(crate) bases: &'static [Slot],
    /// Without an argument it connects to the page's own origin.
    pub(crate) defaults_to_self: bool,
    /// The first argument may be a method such as `GET`: then the next one counts.
    pub(crate) method_first: bool,
    /// Functions of that name do other things, too: it connects only where a text is given.
    pub(crate) only_texts: bool,
    /// Without this it doesn't connect.
    pub(crate) condition: Option<Condition>,
    /// Where relative URLs go is told by what made it: only one of another origin counts.
    pub(crate) only_absolute: bool,
    /// The class of what it gives. A base is where that connects to, so that a maker with one counts as a call, too.
    pub(crate) makes: Option<&'static str>,
    /// What is made keeps its options, and is the one that others use that name none.
    pub(crate) keeps_options: bool,
    /// The class of what keeps the options that this call leaves out.
    pub(crate) kept_by: Option<&'static str>,
    /// The name of the rule by which hosts are implied.
    pub(crate) rule: Option<&'static str>,
    pub(crate) implied: &'static [Implied],
}

/// Functions that connect to a URL that they are given.
pub(crate) const fn sink(
    root: Root,
    paths: &'static [&'static str],
    transport: Transport,
    urls: &'static [Slot],
) -> Spec {
    Spec {
        root,
        paths,
        transport,
        urls,
        bases: &[],
        defaults_to_self: false,
        method_first: false,
        only_texts: false,
        condition: None,
        only_absolute: false,
        makes: None,
        keeps_options: false,
        kept_by: None,
        rule: None,
        implied: &[],
    }
}

/// Functions and classes that make an object with functions that connect.
pub(crate) const fn maker(
    root: Root,
    paths: &'static [&'static str],
    class: &'static str,
    bases: &'static [Slot],
) -> Spec {
    Spec { makes: Some(class), bases, ..sink(root, paths, Transport::Http, &[]) }
}

/// Functions of an SDK whose hosts nobody writes down.
pub(crate) const fn sdk(
    rule: &'static str,
    root: Root,
    paths: &'static [&'static str],
    urls: &'static [Slot],
    implied: &'static [Implied],
) -> Spec {
    Spec { rule: Some(rule), implied, ..sink(root, paths, Transport::Http, urls) }
}

pub(crate) const FIRST: &[Slot] = &[Slot::Argument(0)];

/// All rows. The first one of a name counts.
fn all() -> impl Iterator<Item = &'static Spec> {
    let rows = [
        platform::ROWS,
        clients::ROWS,
        angular_js::ROWS,
        sockets::ROWS,
        graphql::ROWS,
        sdks::ROWS,
        firebase::ROWS,
        angular_fire::ROWS,
        ember::ROWS,
        ngrx::ROWS,
        rails::ROWS,
        search::ROWS,
        talk::ROWS,
        measure::ROWS,
        content::ROWS,
        collections::ROWS,
        identity::ROWS,
        maps::ROWS,
        leaflet::ROWS,
        widgets::ROWS,
        plugins::ROWS,
        models::ROWS,
        chains::ROWS,
        rust::ROWS,
    ];
    rows.into_iter().flatten()
}

/// What a file that connects has at least one of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Word {
    /// An identifier.
    Name(String),
    /// A package, as it is imported.
    Package(String),
    /// Any text.
    Text(String),
}

/// `TanStack` Query, by framework.
const TANSTACK: &[&str] = &[
    "@tanstack/angular-query-experimental",
    "@tanstack/preact-query",
    "@tanstack/react-query",
    "@tanstack/solid-query",
    "@tanstack/svelte-query",
    "@tanstack/vue-query",
    "react-query",
    "vue-query",
];

/// Words of which a file that connects has at least one.
pub(crate) fn words(own: &[Sink]) -> Vec<Word> {
    let rows = all().flat_map(|spec| match spec.root {
        Root::Package(packages) => packages
            .iter()
            .map(|package| match package.strip_prefix("rust:") {
                Some(name) => Word::Name(name.to_owned()),
                None => Word::Package((*package).to_owned()),
            })
            .collect(),
        Root::Client(_) => Vec::new(),
        Root::Global => spec.paths.iter().map(|path| Word::Name(telling_part(path).to_owned())).collect::<Vec<_>>(),
    });
    let own = own.iter().map(|sink| match &sink.package {
        Some(package) => Word::Package(package.clone()),
        None => Word::Name(telling_part(&sink.path).to_owned()),
    });
    // In HTML names may be in capitals.
    let others = [
        "fetch_with_str",
        "send_beacon",
        "ping",
        "PING",
        "preload",
        "PRELOAD",
        "$axios",
        "useEventSource",
        "useWebSocket",
    ];
    let others =
        others.map(|name| Word::Name(name.to_owned())).into_iter().chain([Word::Text("csp-connect".to_owned())]);
    let others = others.chain(crate::scan::htmx::WORDS.iter().map(|word| Word::Text((*word).to_owned())));
    // What is provided may be a URL, or a client.
    let provided = ["useClass", "useExisting", "useFactory", "useValue"].map(|name| Word::Name(name.to_owned()));
    // Hooks that are given a key alone ask with a function that is set elsewhere.
    let hooks = ["swr", "swr/immutable", "swr/infinite", "swr/mutation"].into_iter().chain(TANSTACK.iter().copied());
    let hooks = hooks.map(|package| Word::Package(package.to_owned()));
    // Modules of AngularJS hold constants for others.
    let modules = ["angular.module("].map(|text| Word::Text(text.to_owned()));
    let elements = crate::scan::connecting::words().map(Word::Text);
    let mut words: Vec<_> =
        rows.chain(own).chain(others).chain(modules).chain(elements).chain(provided).chain(hooks).collect();
    words.sort();
    words.dedup();
    words
}

/// The part of a path that few others have: the root, unless that is an object that pages have for much else.
fn telling_part(path: &str) -> &str {
    let (root, rest) = path.split_once('.').unwrap_or((path, ""));
    match root {
        "navigator" | "goog" | "window" | "self" | "globalThis" | "document" => {
            rest.split('.').max_by_key(|part| part.len()).unwrap_or(rest)
        }
        root => root,
    }
}

impl fmt::Display for Transport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Http => "http",
            Self::Socket => "socket",
            Self::Both => "both",
        })
    }
}
