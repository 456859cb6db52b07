//! What a walk through a document has found.

use std::collections::BTreeMap;

use super::document::Document;
use super::template::Base;
use crate::docs::destination::Destination;
use crate::docs::usage::{Place, Usage, UsageTarget};

/// URLs by the pointers that lead to them.
#[derive(Default)]
pub(super) struct Found {
    servers: Vec<Server>,
    named: BTreeMap<Key, Named>,
}

/// Servers by their places in the list; what they are of says who calls them.
pub(super) type Servers = Vec<usize>;

/// What is found twice, through references, is one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    pointer: String,
    role: &'static str,
    url: Option<String>,
    /// Why it is unresolved.
    problem: Option<String>,
}

/// A URL by itself.
#[derive(Default)]
struct Named {
    destination: Option<Destination>,
    operations: Vec<String>,
}

/// A URL of a server, and what is reached there.
struct Server {
    pointer: String,
    base: Base,
    /// Each with its path as a template.
    operations: Vec<(String, String)>,
}

impl Found {
    /// Adds servers; nobody calls them yet.
    pub(super) fn servers(&mut self, pointer: &str, servers: impl IntoIterator<Item = Base>) -> Servers {
        let first = self.servers.len();
        let servers = servers.into_iter();
        self.servers.extend(servers.map(|base| Server { pointer: pointer.to_owned(), base, operations: Vec::new() }));
        (first..self.servers.len()).collect()
    }

    /// An operation calls a server, below this template of a path.
    pub(super) fn called(&mut self, server: usize, operation: String, path: &str) {
        if let Some(server) = self.servers.get_mut(server) {
            server.operations.push((operation, path.to_owned()));
        }
    }

    pub(super) fn known(
        &mut self,
        pointer: &str,
        role: &'static str,
        destination: Destination,
        operation: Option<&str>,
    ) {
        let url = Some(destination.shown());
        let named = self.named(Key { pointer: pointer.to_owned(), role, url, problem: None }, operation);
        named.destination = Some(destination);
    }

    pub(super) fn unresolved(
        &mut self,
        pointer: &str,
        role: &'static str,
        url: Option<&str>,
        problem: String,
        operation: Option<&str>,
    ) {
        let (pointer, url) = (pointer.to_owned(), url.map(str::to_owned));
        self.named(Key { pointer, role, url, problem: Some(problem) }, operation);
    }

    fn named(&mut self, key: Key, operation: Option<&str>) -> &mut Named {
        let named = self.named.entry(key).or_default();
        named.operations.extend(operation.map(str::to_owned));
        named
    }

    /// All of it: URLs by themselves, then servers.
    pub(super) fn into_usages(self, document: &Document) -> Vec<Usage> {
        let named = self.named.into_iter().map(|(key, named)| named.usage(key, document));
        let servers = self.servers.into_iter().map(|server| server.usage(document));
        named.chain(servers).collect()
    }
}

impl Named {
    fn usage(self, key: Key, document: &Document) -> Usage {
        let Key { pointer, role, url, problem } = key;
        let Self { destination, mut operations } = self;
        operations.sort();
        operations.dedup();
        let target = match destination {
            Some(destination) => UsageTarget::Known(vec![destination]),
            None => UsageTarget::Unresolved(problem.unwrap_or_default()),
        };
        usage(document, pointer, role, url, operations, target)
    }
}

impl Server {
    fn usage(self, document: &Document) -> Usage {
        let Self { pointer, base: Base { destination: base, shown }, operations } = self;
        let (mut labels, mut destinations): (Vec<_>, Vec<_>) =
            operations.into_iter().map(|(label, path)| (label, base.join(&path))).unzip();
        labels.sort();
        labels.dedup();
        destinations.sort();
        destinations.dedup();
        if destinations.is_empty() {
            destinations.push(base.everything_below());
        }
        usage(document, pointer, "server", Some(shown), labels, UsageTarget::Known(destinations))
    }
}

fn usage(
    document: &Document,
    pointer: String,
    role: &str,
    url: Option<String>,
    operations: Vec<String>,
    target: UsageTarget,
) -> Usage {
    let place = Place::Api { file: document.file.clone(), pointer, role: role.to_owned(), url, operations };
    Usage { place, members: Vec::new(), pages: Vec::new(), target }
}
