//! The way through a document.

use std::collections::BTreeMap;
use std::io;

use csp_core::excerpt;
use serde_json::{Map, Value};

use super::document::{Document, below};
use super::references::resolve;
use super::template::{Base, Expanded, Variable, has_origin, parse};
use crate::docs::destination::Destination;
use crate::docs::usage::{Place, Usage, UsageTarget};

/// How deep callbacks may stand in each other.
const DEEPEST: usize = 32;

/// How many path items are looked at; through references a short document can have more than there is time for.
const MOST_PATHS: usize = 100_000;

const METHODS: [&str; 9] = ["delete", "get", "head", "options", "patch", "post", "put", "query", "trace"];
const SCHEME_URLS: [&str; 2] = ["oauth2MetadataUrl", "openIdConnectUrl"];
const FLOW_URLS: [&str; 4] = ["authorizationUrl", "deviceAuthorizationUrl", "refreshUrl", "tokenUrl"];

pub(super) struct Walk<'d> {
    document: &'d Document,
    servers: Vec<Server>,
    by_pointer: BTreeMap<String, Servers>,
    usages: BTreeMap<Key, Named>,
    paths_seen: usize,
}

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

/// Servers by their places in the list; what they are of says who calls them.
type Servers = Vec<usize>;

/// A path whose text isn't known.
const ANY_PATH: &str = "/{}";

/// What is called at the place where the walk is.
struct Here<'h> {
    /// As it is shown: the path, or the name of a webhook or callback.
    name: &'h str,
    /// The path as a template.
    path: &'h str,
    /// What the servers of the surroundings are; none where the URL is the caller's own.
    inherited: Option<&'h Servers>,
    /// Pointers of the path items that are being walked.
    trail: &'h [String],
}

impl<'d> Walk<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self { document, servers: Vec::new(), by_pointer: BTreeMap::new(), usages: BTreeMap::new(), paths_seen: 0 }
    }

    /// All that the document says.
    pub(super) fn run(mut self) -> io::Result<Vec<Usage>> {
        let root = self.document.object(Some(&self.document.root), "")?.into_iter().next();
        let Some(root) = root else { return Ok(Vec::new()) };
        let own = self.servers(root, "")?;
        let paths = self.document.object(root.get("paths"), "/paths")?;
        for (path, item) in paths.into_iter().flatten().filter(|(path, _)| path.starts_with('/')) {
            let default = match &own {
                Some(own) => own.clone(),
                None => self.default_server(),
            };
            self.path_item(
                item,
                &below("/paths", path),
                &Here { name: path, path, inherited: Some(&default), trail: &[] },
            )?;
        }
        let webhooks = self.document.object(root.get("webhooks"), "/webhooks")?;
        for (name, item) in webhooks.into_iter().flatten() {
            let shown = format!("webhook {name}");
            let here = Here { name: &shown, path: ANY_PATH, inherited: None, trail: &[] };
            self.path_item(item, &below("/webhooks", name), &here)?;
        }
        self.security_schemes(root)?;
        let named = std::mem::take(&mut self.usages).into_iter().map(|(key, mut named)| {
            let Key { pointer, role, url, problem } = key;
            named.operations.sort();
            named.operations.dedup();
            let target = match named.destination {
                Some(destination) => UsageTarget::Known(vec![destination]),
                None => UsageTarget::Unresolved(problem.unwrap_or_default()),
            };
            Usage {
                place: self.place(&pointer, role, url, named.operations),
                members: Vec::new(),
                pages: Vec::new(),
                target,
            }
        });
        let named: Vec<Usage> = named.collect();
        let servers = std::mem::take(&mut self.servers).into_iter().map(|server| self.usage(server));
        Ok(named.into_iter().chain(servers).collect())
    }

    /// Where there are no servers, there is one with the URL `/`.
    fn default_server(&mut self) -> Servers {
        let known = self.servers.iter().position(|server| server.pointer.is_empty());
        let index = known.unwrap_or_else(|| {
            if let Ok(url) = parse("/") {
                let base = Base { shown: "/".to_owned(), destination: Destination::whole(url) };
                self.servers.push(Server { pointer: String::new(), base, operations: Vec::new() });
            }
            self.servers.len() - 1
        });
        vec![index]
    }

    /// The servers of an object that may have some; none where it has no list of them.
    fn servers(&mut self, of: &Map<String, Value>, pointer: &str) -> io::Result<Option<Servers>> {
        let pointer = below(pointer, "servers");
        let list = self.document.array(of.get("servers"), &pointer)?;
        if list.is_empty() {
            return Ok(None);
        }
        let mut found = Servers::new();
        for (index, server) in list.iter().enumerate() {
            found.extend(self.server(server, &below(&pointer, index))?);
        }
        Ok(Some(found))
    }

    fn server(&mut self, server: &Value, pointer: &str) -> io::Result<Servers> {
        let Some(server) = self.document.object(Some(server), pointer)? else { return Ok(Servers::new()) };
        let place = below(pointer, "url");
        let Some(url) = self.document.text(server.get("url"), &place)? else {
            return Err(self.document.invalid(pointer, "a server without `url`"));
        };
        // Another reference may have led here.
        if let Some(known) = self.by_pointer.get(&place) {
            return Ok(known.clone());
        }
        let variables = self.variables(server, &below(pointer, "variables"))?;
        let Expanded { servers, unresolved } = Expanded::of(&url, &variables);
        for problem in unresolved {
            self.unresolved(&place, "server", Some(&url), problem, None);
        }
        let first = self.servers.len();
        let servers = servers.into_iter();
        self.servers.extend(servers.map(|base| Server { pointer: place.clone(), base, operations: Vec::new() }));
        let found: Servers = (first..self.servers.len()).collect();
        self.by_pointer.insert(place, found.clone());
        Ok(found)
    }

    fn variables(&self, server: &Map<String, Value>, pointer: &str) -> io::Result<BTreeMap<String, Variable>> {
        let mut found = BTreeMap::new();
        for (name, variable) in self.document.object(server.get("variables"), pointer)?.into_iter().flatten() {
            let pointer = below(pointer, name);
            let Some(variable) = self.document.object(Some(variable), &pointer)? else { continue };
            let default = self.document.text(variable.get("default"), &below(&pointer, "default"))?;
            let pointer = below(&pointer, "enum");
            let mut values = Vec::new();
            for (index, value) in self.document.array(variable.get("enum"), &pointer)?.iter().enumerate() {
                values.extend(self.document.text(Some(value), &below(&pointer, index))?);
            }
            if !values.is_empty() {
                values.extend(default.clone().filter(|default| !values.contains(default)));
            }
            found.insert(name.clone(), Variable { values, default });
        }
        Ok(found)
    }

    fn path_item(&mut self, item: &'d Value, pointer: &str, here: &Here<'_>) -> io::Result<()> {
        self.paths_seen += 1;
        if self.paths_seen > MOST_PATHS {
            return Err(self.document.invalid(pointer, "references that come to too many paths"));
        }
        let Some((item, pointer)) = self.resolved(item, pointer) else { return Ok(()) };
        // What calls itself back has been looked at.
        if here.trail.contains(&pointer) || here.trail.len() > DEEPEST {
            return Ok(());
        }
        let Some(item) = self.document.object(Some(item), &pointer)? else { return Ok(()) };
        let trail = [here.trail, std::slice::from_ref(&pointer)].concat();
        let own = self.servers(item, &pointer)?;
        let here = Here { inherited: own.as_ref().or(here.inherited), trail: &trail, ..*here };
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                self.operation(method, operation, &below(&pointer, method), &here)?;
            }
        }
        let pointer = below(&pointer, "additionalOperations");
        for (method, operation) in
            self.document.object(item.get("additionalOperations"), &pointer)?.into_iter().flatten()
        {
            self.operation(method, operation, &below(&pointer, method), &here)?;
        }
        Ok(())
    }

    fn operation(&mut self, method: &str, operation: &'d Value, pointer: &str, here: &Here<'_>) -> io::Result<()> {
        let Some(operation) = self.document.object(Some(operation), pointer)? else { return Ok(()) };
        let own = self.servers(operation, pointer)?;
        let label = format!("{} {}", method.to_ascii_uppercase(), here.name);
        for server in own.as_ref().or(here.inherited).into_iter().flatten() {
            if let Some(server) = self.servers.get_mut(*server) {
                server.operations.push((label.clone(), here.path.to_owned()));
            }
        }
        let callbacks = below(pointer, "callbacks");
        for (name, callback) in self.document.object(operation.get("callbacks"), &callbacks)?.into_iter().flatten() {
            self.callback(callback, &below(&callbacks, name), &format!("{name} of {label}"), here.trail)?;
        }
        let responses = below(pointer, "responses");
        for (status, response) in self.document.object(operation.get("responses"), &responses)?.into_iter().flatten() {
            self.links(response, &below(&responses, status), &label)?;
        }
        Ok(())
    }

    /// A callback: path items under URLs that the caller chooses when it calls.
    fn callback(&mut self, callback: &'d Value, pointer: &str, label: &str, trail: &[String]) -> io::Result<()> {
        let Some((callback, pointer)) = self.resolved(callback, pointer) else { return Ok(()) };
        let Some(callback) = self.document.object(Some(callback), &pointer)? else { return Ok(()) };
        for (expression, item) in callback.iter().filter(|(key, _)| !key.starts_with("x-")) {
            let pointer = below(&pointer, expression);
            let known = expression.split('{').next().unwrap_or_default();
            let is_whole = known.len() == expression.len();
            let is_known = known.contains("://") && (is_whole || has_origin(known));
            match is_known.then(|| parse(known)) {
                Some(Ok(url)) => {
                    let destination = if is_whole { Destination::whole(url) } else { Destination::below(url) };
                    self.known(&pointer, "callback", destination, Some(label));
                }
                Some(Err(problem)) => self.unresolved(&pointer, "callback", Some(expression), problem, Some(label)),
                None => {
                    let problem = format!("`{}` is only known when it is called", excerpt(expression));
                    self.unresolved(&pointer, "callback", Some(expression), problem, Some(label));
                }
            }
            let name = format!("callback {label}");
            self.path_item(item, &pointer, &Here { name: &name, path: ANY_PATH, inherited: None, trail })?;
        }
        Ok(())
    }

    fn links(&mut self, response: &'d Value, pointer: &str, label: &str) -> io::Result<()> {
        if response.get("links").is_none() && response.get("$ref").is_none() {
            return Ok(());
        }
        let Some((response, pointer)) = self.resolved(response, pointer) else { return Ok(()) };
        let pointer = below(&pointer, "links");
        for (name, link) in self.document.object(response.get("links"), &pointer)?.into_iter().flatten() {
            let Some((link, pointer)) = self.resolved(link, &below(&pointer, name)) else { continue };
            if let Some(server) = link.get("server") {
                for server in self.server(server, &below(&pointer, "server"))? {
                    if let Some(server) = self.servers.get_mut(server) {
                        // What is linked to is another operation, whose path is not here.
                        server.operations.push((format!("link {name} of {label}"), ANY_PATH.to_owned()));
                    }
                }
            }
        }
        Ok(())
    }

    fn security_schemes(&mut self, root: &'d Map<String, Value>) -> io::Result<()> {
        let components = self.document.object(root.get("components"), "/components")?;
        let schemes = components.and_then(|components| components.get("securitySchemes"));
        let pointer = "/components/securitySchemes";
        for (name, scheme) in self.document.object(schemes, pointer)?.into_iter().flatten() {
            let Some((scheme, pointer)) = self.resolved(scheme, &below(pointer, name)) else { continue };
            let Some(scheme) = self.document.object(Some(scheme), &pointer)? else { continue };
            self.urls(scheme, &pointer, &SCHEME_URLS)?;
            let pointer = below(&pointer, "flows");
            for (flow, urls) in self.document.object(scheme.get("flows"), &pointer)?.into_iter().flatten() {
                let pointer = below(&pointer, flow);
                if let Some(urls) = self.document.object(Some(urls), &pointer)?.filter(|_| !flow.starts_with("x-")) {
                    self.urls(urls, &pointer, &FLOW_URLS)?;
                }
            }
        }
        Ok(())
    }

    fn urls(&mut self, of: &Map<String, Value>, pointer: &str, roles: &[&'static str]) -> io::Result<()> {
        for role in roles {
            let pointer = below(pointer, role);
            match self.document.text(of.get(*role), &pointer)?.map(|url| (parse(&url), url)) {
                Some((Ok(url), _)) => self.known(&pointer, role, Destination::whole(url), None),
                Some((Err(problem), url)) => self.unresolved(&pointer, role, Some(&url), problem, None),
                None => {}
            }
        }
        Ok(())
    }

    /// What a value or its `$ref` is; where that can't be told, it is listed as unresolved.
    fn resolved(&mut self, value: &'d Value, pointer: &str) -> Option<(&'d Value, String)> {
        match resolve(self.document, value, pointer) {
            Ok(resolved) => Some(resolved),
            Err(problem) => {
                self.unresolved(&below(pointer, "$ref"), "$ref", None, problem, None);
                None
            }
        }
    }

    fn known(&mut self, pointer: &str, role: &'static str, destination: Destination, operation: Option<&str>) {
        let url = Some(destination.shown());
        let named = self.named(Key { pointer: pointer.to_owned(), role, url, problem: None }, operation);
        named.destination = Some(destination);
    }

    fn unresolved(
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
        let named = self.usages.entry(key).or_default();
        named.operations.extend(operation.map(str::to_owned));
        named
    }

    fn usage(&self, server: Server) -> Usage {
        let Server { pointer, base: Base { destination: base, shown }, operations } = server;
        let (mut labels, mut destinations): (Vec<_>, Vec<_>) =
            operations.iter().map(|(label, path)| (label.clone(), base.join(path))).unzip();
        labels.sort();
        labels.dedup();
        destinations.sort();
        destinations.dedup();
        if destinations.is_empty() {
            destinations.push(base.everything_below());
        }
        let place = self.place(&pointer, "server", Some(shown), labels);
        Usage { place, members: Vec::new(), pages: Vec::new(), target: UsageTarget::Known(destinations) }
    }

    fn place(&self, pointer: &str, role: &str, url: Option<String>, operations: Vec<String>) -> Place {
        Place::Api {
            file: self.document.file.clone(),
            pointer: pointer.to_owned(),
            role: role.to_owned(),
            url,
            operations,
        }
    }
}
