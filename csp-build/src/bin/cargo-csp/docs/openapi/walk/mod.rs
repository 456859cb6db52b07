//! The way through a document.

mod security;
mod servers;

use std::collections::BTreeMap;
use std::io;

use csp_core::excerpt;
use serde_json::Value;

use super::document::{Document, below};
use super::found::{Found, Servers};
use super::references::resolve;
use super::template::{has_origin, parse};
use crate::docs::destination::Destination;
use crate::docs::usage::Usage;

/// How deep callbacks may stand in each other.
const DEEPEST: usize = 32;

/// How many path items are looked at; through references a short document can have more than there is time for.
const MOST_PATHS: usize = 100_000;

const METHODS: [&str; 9] = ["delete", "get", "head", "options", "patch", "post", "put", "query", "trace"];

pub(super) struct Walk<'d> {
    document: &'d Document,
    found: Found,
    /// The servers that a pointer has led to.
    by_pointer: BTreeMap<String, Servers>,
    paths_seen: usize,
}

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
        Self { document, found: Found::default(), by_pointer: BTreeMap::new(), paths_seen: 0 }
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
        Ok(self.found.into_usages(self.document))
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
            self.found.called(*server, label.clone(), here.path);
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
                    self.found.known(&pointer, "callback", destination, Some(label));
                }
                Some(Err(problem)) => {
                    self.found.unresolved(&pointer, "callback", Some(expression), problem, Some(label));
                }
                None => {
                    let problem = format!("`{}` is only known when it is called", excerpt(expression));
                    self.found.unresolved(&pointer, "callback", Some(expression), problem, Some(label));
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
                    // What is linked to is another operation, whose path is not here.
                    self.found.called(server, format!("link {name} of {label}"), ANY_PATH);
                }
            }
        }
        Ok(())
    }

    /// What a value or its `$ref` is; where that can't be told, it is listed as unresolved.
    fn resolved(&mut self, value: &'d Value, pointer: &str) -> Option<(&'d Value, String)> {
        match resolve(self.document, value, pointer) {
            Ok(resolved) => Some(resolved),
            Err(problem) => {
                self.found.unresolved(&below(pointer, "$ref"), "$ref", None, problem, None);
                None
            }
        }
    }
}
