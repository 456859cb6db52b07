use std::collections::BTreeMap;
use std::io;

use serde_json::{Map, Value};

use super::Walk;
use crate::docs::destination::Destination;
use crate::docs::openapi::document::below;
use crate::docs::openapi::found::Servers;
use crate::docs::openapi::template::{Base, Expanded, Variable, parse};

impl Walk<'_> {
    /// Where there are no servers, there is one with the URL `/`.
    pub(super) fn default_server(&mut self) -> Servers {
        if let Some(known) = self.by_pointer.get("") {
            return known.clone();
        }
        let base = parse("/").ok().map(|url| Base { shown: "/".to_owned(), destination: Destination::whole(url) });
        let found = self.found.servers("", base);
        self.by_pointer.insert(String::new(), found.clone());
        found
    }

    /// The servers of an object that may have some; none where it has no list of them.
    pub(super) fn servers(&mut self, of: &Map<String, Value>, pointer: &str) -> io::Result<Option<Servers>> {
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

    pub(super) fn server(&mut self, server: &Value, pointer: &str) -> io::Result<Servers> {
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
            self.found.unresolved(&place, "server", Some(&url), problem, None);
        }
        let found = self.found.servers(&place, servers);
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
}
