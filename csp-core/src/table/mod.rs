//! A source list, packed for decisions: one hash of the host, one probe, no allocation.
//!
//! A [`Table`] says the same as [`covering`](crate::covering) over the same sources, whose algorithms it has worked out
//! beforehand: what a source's scheme and port admit is a mask of the four schemes of connections, upgrades included.
//! The macros write tables into the program; [`TableData`] builds them at run time. Everything here runs in const
//! evaluation too.
//!
//! Layout: a perfect hash of hosts, and of the parents of `*.`, whose slots point into the text of the sources. A slot has a mask, or leads to rules where a host has ports, paths or gates.

mod build;
mod host;
mod path;
mod perfect;
mod record;
mod scan;
mod word;

use crate::guard::{has_path, hides_separator};
use crate::source::path_matches;
use crate::{Refusal, Request, SourceExpression, matching};
use path::Path;
use record::{Rule, Slot};

pub use build::TableData;
pub use scan::UsualUrl;

/// The sources of a declaration or a received policy, packed.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// The sources' text; names and paths lie in it.
    text: &'a str,
    /// A power of two of slots, 8 bytes each.
    slots: &'a [u8],
    /// A power of two of buckets of names.
    pilots: &'a [u8],
    /// 16 bytes each.
    rules: &'a [u8],
    /// Which cfgs hold.
    gates: &'a [bool],
    places: Places,
}

/// The bytes of a table.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Bytes<'a> {
    pub text: &'a str,
    pub slots: &'a [u8],
    pub pilots: &'a [u8],
    pub rules: &'a [u8],
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
    path: Path<'u>,
    paths: Paths,
}

/// What counts of a URL at a host that is known.
#[derive(Clone, Copy)]
struct Usual<'u> {
    scheme: u32,
    port: u32,
    tail: &'u [u8],
}

/// No port has this number.
const DEFAULT_PORT: u32 = 65536;

impl<'a> Table<'a> {
    /// A table of what [`TableData`] has built.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(bytes: Bytes<'a>, gates: &'a [bool], places: Places) -> Self {
        let Bytes { text, slots, pilots, rules } = bytes;
        Self { text, slots, pilots, rules, gates, places }
    }

    /// What a guard says of a URL in its usual spelling: never an allocation, never a guess.
    ///
    /// `'self'` covers nothing here. An unusual spelling is none of the table's business: parse it, and ask
    /// [`admit`](Self::admit).
    #[must_use]
    pub const fn look_up(self, url: &str) -> Lookup {
        match UsualUrl::read(url) {
            Some(url) => self.look_up_usual(url),
            None => Lookup::Unusual,
        }
    }

    /// As [`look_up`](Self::look_up). A name in the table is canonical, so an exact hit needs no look at the rest.
    #[doc(hidden)]
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    #[must_use]
    pub const fn look_up_usual(&self, url: UsualUrl<'_>) -> Lookup {
        let slot = find(self.bytes(), url.host, url.hash, false);
        if slot.is_plain() && slot.admits(url.scheme, url.port) {
            return Lookup::Admitted;
        }
        self.look_up_further(slot, url.host, url.tail, url.scheme, url.port)
    }

    /// The rules of the host, its parents (the nearest to the root first), and what holds everywhere.
    ///
    /// Five arguments that fit into registers: put together, they would be stored for each hit, too.
    #[inline(never)]
    const fn look_up_further(&self, slot: Slot, host: &[u8], tail: &[u8], scheme: u32, port: u32) -> Lookup {
        let url = Usual { scheme, port, tail };
        if !slot.is_empty() {
            if slot.is_unusual() {
                return Lookup::Unusual;
            }
            match self.look_up_slot(slot, url) {
                Lookup::Refused(Refusal::NoSourceMatched) => {}
                decided => return decided,
            }
        }
        let Some(mut dots) = host::plain_name(host) else { return Lookup::Unusual };
        let mut parents = self.places.parents;
        while dots != 0 && parents != 0 {
            let dot = dots.ilog2();
            if parents & 1 == 1 {
                match self.look_up_parent(host.split_at(dot as usize + 1).1, url) {
                    Lookup::Refused(Refusal::NoSourceMatched) => {}
                    decided => return decided,
                }
            }
            dots ^= 1 << dot;
            parents >>= 1;
        }
        match self.places.everywhere {
            0 => Lookup::Refused(Refusal::NoSourceMatched),
            first => self.look_up_rules(first - 1, url),
        }
    }

    #[inline(never)]
    const fn look_up_parent(&self, parent: &[u8], url: Usual<'_>) -> Lookup {
        self.look_up_slot(find(self.bytes(), parent, host::hash(parent), true), url)
    }

    const fn look_up_slot(&self, slot: Slot, url: Usual<'_>) -> Lookup {
        if !slot.is_simple() {
            return self.look_up_rules(slot.first_rule(), url);
        }
        if slot.admits(url.scheme, url.port) { Lookup::Admitted } else { Lookup::Refused(Refusal::NoSourceMatched) }
    }

    /// The path of the text counts only where there are rules.
    #[inline(never)]
    const fn look_up_rules(&self, first: u32, url: Usual<'_>) -> Lookup {
        let Usual { scheme, port, tail } = url;
        let Some(path) = Path::scan(tail) else { return Lookup::Unusual };
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
        let Some(scheme) = scan::scheme_number(target.scheme) else { return self.decide_other_scheme(request, paths) };
        if self.covers_self(request) {
            return Ok(());
        }
        let port = match target.port {
            Some(port) => port as u32,
            None => DEFAULT_PORT,
        };
        let key = Key { scheme, port, path: Path { bytes: target.path.as_bytes(), plain: false }, paths };
        let host = target.host.as_bytes();
        let mut refusal = Refusal::NoSourceMatched;
        match self.slot_admits(find(self.bytes(), host, host::hash(host), false), key) {
            Ok(()) => return Ok(()),
            Err(found) => refusal = worse(refusal, found),
        }
        let mut before = host;
        let mut dots = 0;
        while let Some(dot) = host::last_dot(before) {
            let parent = host.split_at(dot + 1).1;
            if self.has_parent(dots) {
                match self.slot_admits(find(self.bytes(), parent, host::hash(parent), true), key) {
                    Ok(()) => return Ok(()),
                    Err(found) => refusal = worse(refusal, found),
                }
            }
            dots += 1;
            before = before.split_at(dot).0;
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
    const fn decide_other_scheme(&self, request: &Request<'_>, paths: Paths) -> Result<(), Refusal> {
        let mut refusal = Refusal::NoSourceMatched;
        let mut next = self.places.others;
        while next != 0 {
            let rule = Rule::read(self.rules, next - 1);
            if self.is_open(rule)
                && let Some(source) = SourceExpression::parse(rule.path(self.text))
                && matching::difference(&source, request).is_none()
            {
                if !matches!(paths, Paths::Guarded)
                    || !has_path(&source)
                    || !hides_separator(request.target.path.as_bytes())
                {
                    return Ok(());
                }
                refusal = Refusal::HiddenSeparator;
            }
            next = if rule.is_last() { 0 } else { next + 1 };
        }
        Err(refusal)
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

    const fn bytes(&self) -> Bytes<'a> {
        Bytes { text: self.text, slots: self.slots, pilots: self.pilots, rules: self.rules }
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
        if slot.admits(key.scheme, key.port) { Ok(()) } else { Err(Refusal::NoSourceMatched) }
    }

    const fn rules_admit(&self, first: u32, key: Key<'_>) -> Result<(), Refusal> {
        let mut refusal = Refusal::NoSourceMatched;
        let mut index = first;
        loop {
            let rule = Rule::read(self.rules, index);
            if rule.admits(key.scheme, key.port) && self.is_open(rule) {
                let path = rule.path(self.text);
                if path.is_empty() || matches!(key.paths, Paths::Ignored) || key.path.is_below(path.as_bytes()) {
                    return Ok(());
                }
                let whole = key.path.bytes;
                if path_matches(path.as_bytes(), whole) {
                    if !matches!(key.paths, Paths::Guarded) || path.len() == 1 || !hides_separator(whole) {
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

/// The slot of a host, or of the parent of `*.`; an empty one if it is unknown.
#[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
#[inline(always)]
const fn find(bytes: Bytes<'_>, name: &[u8], hash: u64, parent: bool) -> Slot {
    let (slots, _) = bytes.slots.as_chunks();
    if bytes.pilots.is_empty() || slots.is_empty() {
        return Slot::EMPTY;
    }
    let hash = record::hash_of(hash, parent);
    let pilot = bytes.pilots[perfect::bucket(hash, bytes.pilots.len())];
    let slot = Slot::read(slots[perfect::slot(hash, pilot, slots.len())]);
    if slot.is_of(name.len(), parent) && word::equal(slot.name(bytes.text.as_bytes(), name.len()), name) {
        slot
    } else {
        Slot::EMPTY
    }
}

/// A hidden separator says more than that no source matched.
const fn worse(left: Refusal, right: Refusal) -> Refusal {
    match (left, right) {
        (Refusal::HiddenSeparator, _) | (_, Refusal::HiddenSeparator) => Refusal::HiddenSeparator,
        _ => left,
    }
}
