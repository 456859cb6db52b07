//! A source list, packed for decisions: one hash of the host, one probe, no allocation.
//!
//! A [`Table`] says the same as [`covering`](crate::covering) over the same sources, whose algorithms it has worked out
//! beforehand: what a source's scheme and port admit is a mask of the four schemes of connections, upgrades included.
//! The macros write tables into the program; [`TableData`] builds them at run time. Everything here runs in const
//! evaluation too.
//!
//! Layout: an open-addressed hash table of hosts, and of the parents of `*.`, whose slots point into the text of the
//! sources. A slot has a mask, or leads to rules where a host has ports, paths or gates.

mod build;
mod record;
mod scan;

use crate::guard::hides_separator;
use crate::{PathPart, Refusal, Request, SchemePart, SourceExpression, matching};
use record::{Rule, Slot};
use scan::Scan;

pub use build::TableData;

/// The sources of a declaration or a received policy, packed.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// The sources' text; names and paths lie in it.
    text: &'a str,
    /// A power of two of slots, 8 bytes each.
    slots: &'a [u8],
    /// 16 bytes each.
    rules: &'a [u8],
    /// Which cfgs hold.
    gates: &'a [bool],
    places: Places,
}

/// What is not looked up by host.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The rules for every host, from 1; 0 for none.
    pub everywhere: u32,
    /// The rules for `'self'`, from 1; 0 for none.
    pub own: u32,
    /// The rules for other schemes than the four of connections, from 1; 0 for none. Their paths are whole sources.
    pub others: u32,
    /// Bit n: some `*.` has a parent with n dots.
    pub parents: u64,
}

/// How a path counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paths {
    /// As browsers compare it.
    Compared,
    /// As a guard does: what hides a separator has no path that may be trusted.
    Guarded,
    /// Not at all: the request was redirected.
    Ignored,
}

/// What a table says of a text that may be a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A source covers it.
    Admitted,
    /// No source covers it.
    Refused(Refusal),
    /// Only a URL parser can tell what this is.
    Unusual,
}

/// The connection that is looked up: the scheme by its number, and the port, [`DEFAULT_PORT`] where it is the scheme's.
#[derive(Clone, Copy)]
struct Key<'u> {
    scheme: u32,
    port: u32,
    path: &'u str,
    paths: Paths,
}

/// A URL in its usual spelling: its scheme and port, and the text in which its path begins at `tail`.
#[derive(Clone, Copy)]
struct Usual<'u> {
    scheme: u32,
    port: u32,
    text: &'u str,
    tail: usize,
}

/// No port has this number.
const DEFAULT_PORT: u32 = 65536;

impl<'a> Table<'a> {
    /// A table of what [`TableData`] has built.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(text: &'a str, slots: &'a [u8], rules: &'a [u8], gates: &'a [bool], places: Places) -> Self {
        Self { text, slots, rules, gates, places }
    }

    /// What a guard says of a URL in its usual spelling: never an allocation, never a guess.
    ///
    /// `'self'` covers nothing here. An unusual spelling is none of the table's business: parse it, and ask
    /// [`admit`](Self::admit).
    #[must_use]
    pub const fn look_up(&self, url: &str) -> Lookup {
        let bytes = url.as_bytes();
        let Some((scheme, start)) = scan::scheme(bytes) else { return Lookup::Unusual };
        let Scan { end, hash } = scan::host(bytes, start);
        let (port, tail) = if end == bytes.len() || matches!(bytes[end], b'/' | b'?' | b'#') {
            (DEFAULT_PORT, end)
        } else {
            match scan::port(bytes, end, scheme) {
                Some(found) => found,
                None => return Lookup::Unusual,
            }
        };
        self.look_up_host(bytes, start, Scan { end, hash }, Usual { scheme, port, text: url, tail })
    }

    /// As [`look_up`](Self::look_up), of the parts of a URL that a parser has split and left as they were.
    #[must_use]
    pub const fn look_up_parts(&self, scheme: SchemePart<'_>, authority: &str, path: &str) -> Lookup {
        let bytes = authority.as_bytes();
        let Some(scheme) = scan::scheme_number(scheme) else { return Lookup::Unusual };
        let Scan { end, hash } = scan::host(bytes, 0);
        let port = if end == bytes.len() {
            DEFAULT_PORT
        } else {
            match scan::port(bytes, end, scheme) {
                Some((port, tail)) if tail == bytes.len() => port,
                _ => return Lookup::Unusual,
            }
        };
        if scan::canonical_path(path, 0).is_none() {
            return Lookup::Unusual;
        }
        self.look_up_host(bytes, 0, Scan { end, hash }, Usual { scheme, port, text: path, tail: 0 })
    }

    const fn look_up_host(&self, bytes: &[u8], start: usize, scan: Scan, usual: Usual<'_>) -> Lookup {
        let Scan { end, hash } = scan;
        // A name in the table is canonical, so an exact hit needs no look at the rest of the host.
        if let Some(slot) = self.find(bytes, start, end, hash, false) {
            match self.look_up_slot(slot, usual) {
                Lookup::Refused(Refusal::NoSourceMatched) => {}
                decided => return decided,
            }
        }
        if !scan::is_plain_name(bytes, start, end) {
            return Lookup::Unusual;
        }
        let mut before = end;
        let mut dots = 0;
        while let Some(dot) = scan::previous_dot(bytes, start, before) {
            if self.has_parent(dots)
                && let Some(slot) = self.find(bytes, dot + 1, end, scan::hash(bytes, dot + 1, end), true)
            {
                match self.look_up_slot(slot, usual) {
                    Lookup::Refused(Refusal::NoSourceMatched) => {}
                    decided => return decided,
                }
            }
            dots += 1;
            before = dot;
        }
        match self.places.everywhere {
            0 => Lookup::Refused(Refusal::NoSourceMatched),
            first => self.look_up_rules(first - 1, usual),
        }
    }

    const fn look_up_slot(&self, slot: Slot, usual: Usual<'_>) -> Lookup {
        if !slot.is_simple() {
            return self.look_up_rules(slot.first_rule(), usual);
        }
        if record::masks_admit(slot.masks(), usual.scheme, usual.port) {
            Lookup::Admitted
        } else {
            Lookup::Refused(Refusal::NoSourceMatched)
        }
    }

    /// The path of the text counts only where there are rules.
    const fn look_up_rules(&self, first: u32, usual: Usual<'_>) -> Lookup {
        let Usual { scheme, port, text, tail } = usual;
        let Some(path) = scan::canonical_path(text, tail) else { return Lookup::Unusual };
        match self.rules_admit(first, Key { scheme, port, path, paths: Paths::Guarded }) {
            Ok(()) => Lookup::Admitted,
            // Another source may still cover it without a path.
            Err(Refusal::HiddenSeparator) => Lookup::Unusual,
            Err(refusal) => Lookup::Refused(refusal),
        }
    }

    /// Whether a guard admits the request. It compares paths, whether the request is redirected or not.
    ///
    /// # Errors
    ///
    /// If no source covers the request, or none that may be trusted to.
    pub const fn admit(&self, request: &Request<'_>) -> Result<(), Refusal> {
        self.decide(request, Paths::Guarded)
    }

    /// Whether a browser with these sources lets the request go: [`covering`](crate::covering), packed.
    #[must_use]
    pub const fn covers(&self, request: &Request<'_>) -> bool {
        self.decide(request, if request.redirected { Paths::Ignored } else { Paths::Compared }).is_ok()
    }

    const fn decide(&self, request: &Request<'_>, paths: Paths) -> Result<(), Refusal> {
        let target = &request.target;
        let Some(scheme) = scan::scheme_number(target.scheme) else { return self.decide_other_scheme(request) };
        if self.covers_self(request) {
            return Ok(());
        }
        let port = match target.port {
            Some(port) => port as u32,
            None => DEFAULT_PORT,
        };
        let key = Key { scheme, port, path: target.path, paths };
        let host = target.host.as_bytes();
        let mut refusal = Refusal::NoSourceMatched;
        if let Some(slot) = self.find(host, 0, host.len(), scan::hash(host, 0, host.len()), false) {
            match self.slot_admits(slot, key) {
                Ok(()) => return Ok(()),
                Err(found) => refusal = worse(refusal, found),
            }
        }
        let mut before = host.len();
        let mut dots = 0;
        while let Some(dot) = scan::previous_dot(host, 0, before) {
            if self.has_parent(dots)
                && let Some(slot) = self.find(host, dot + 1, host.len(), scan::hash(host, dot + 1, host.len()), true)
            {
                match self.slot_admits(slot, key) {
                    Ok(()) => return Ok(()),
                    Err(found) => refusal = worse(refusal, found),
                }
            }
            dots += 1;
            before = dot;
        }
        if self.places.everywhere != 0 {
            match self.rules_admit(self.places.everywhere - 1, key) {
                Ok(()) => return Ok(()),
                Err(found) => refusal = worse(refusal, found),
            }
        }
        Err(refusal)
    }

    /// Sources of other schemes than the four of connections are few, and are read one by one.
    const fn decide_other_scheme(&self, request: &Request<'_>) -> Result<(), Refusal> {
        let mut next = self.places.others;
        while next != 0 {
            let rule = Rule::read(self.rules, next - 1);
            if self.is_open(rule)
                && let Some(source) = SourceExpression::parse(rule.path(self.text))
                && matching::difference(&source, request).is_none()
            {
                return Ok(());
            }
            next = if rule.is_last() { 0 } else { next + 1 };
        }
        Err(Refusal::NoSourceMatched)
    }

    const fn covers_self(&self, request: &Request<'_>) -> bool {
        let Some(origin) = request.self_origin else { return false };
        let mut next = self.places.own;
        while next != 0 {
            let rule = Rule::read(self.rules, next - 1);
            if self.is_open(rule) {
                return matching::self_difference(origin, &request.target).is_none();
            }
            next = if rule.is_last() { 0 } else { next + 1 };
        }
        false
    }

    /// The slot of a host, or of the parent of `*.`.
    const fn find(&self, bytes: &[u8], start: usize, end: usize, hash: u64, parent: bool) -> Option<Slot> {
        let count = self.slots.len() / Slot::SIZE;
        if count == 0 {
            return None;
        }
        let mut index = record::slot_index(hash, parent, count);
        loop {
            let slot = Slot::read(self.slots, index);
            if slot.is_empty() {
                return None;
            }
            if slot.is_of(end - start, parent) && scan::equal(self.text.as_bytes(), slot.offset(), bytes, start, end) {
                return Some(slot);
            }
            index = (index + 1) & (count - 1);
        }
    }

    const fn has_parent(&self, dots: u32) -> bool {
        self.places.parents >> (if dots < 63 { dots } else { 63 }) & 1 == 1
    }

    const fn is_open(&self, rule: Rule) -> bool {
        match rule.gate() {
            None => true,
            Some(gate) => self.gates[gate],
        }
    }

    const fn slot_admits(&self, slot: Slot, key: Key<'_>) -> Result<(), Refusal> {
        if !slot.is_simple() {
            return self.rules_admit(slot.first_rule(), key);
        }
        if record::masks_admit(slot.masks(), key.scheme, key.port) { Ok(()) } else { Err(Refusal::NoSourceMatched) }
    }

    const fn rules_admit(&self, first: u32, key: Key<'_>) -> Result<(), Refusal> {
        let mut refusal = Refusal::NoSourceMatched;
        let mut index = first;
        loop {
            let rule = Rule::read(self.rules, index);
            if rule.admits(key.scheme, key.port) && self.is_open(rule) {
                let path = rule.path(self.text);
                if path.is_empty() || matches!(key.paths, Paths::Ignored) {
                    return Ok(());
                }
                if PathPart::new(path).matches(key.path) {
                    if !matches!(key.paths, Paths::Guarded) || path.len() == 1 || !hides_separator(key.path) {
                        return Ok(());
                    }
                    refusal = Refusal::HiddenSeparator;
                }
            }
            if rule.is_last() {
                return Err(refusal);
            }
            index += 1;
        }
    }
}

/// A hidden separator says more than that no source matched.
const fn worse(left: Refusal, right: Refusal) -> Refusal {
    match (left, right) {
        (Refusal::HiddenSeparator, _) | (_, Refusal::HiddenSeparator) => Refusal::HiddenSeparator,
        _ => left,
    }
}
