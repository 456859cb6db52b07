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
    /// A power of two of slots.
    slots: &'a [[u8; Slot::SIZE]],
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
    /// The lengths of the parents of `*.`: bit n for n bytes, the last bit for 63 and more, the
    /// first bit if there are more than `MOST_TRIES`.
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

/// A look at the slot of a host that settled nothing: what is there.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Unsettled(Slot);

/// The connection that is looked up: what the masks are asked for, and the port, [`DEFAULT_PORT`] where it is the
/// scheme's.
#[derive(Clone, Copy)]
struct Key<'u> {
    bit: u32,
    port: u32,
    path: Path<'u>,
    paths: Paths,
}

/// So many lengths of parents are tried one by one; of more, those at which a host has no dot are sorted out before.
const MOST_TRIES: u32 = 4;

/// No port has this number.
const DEFAULT_PORT: u32 = 65536;

impl<'a> Table<'a> {
    /// A table of what [`TableData`] has built.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(bytes: Bytes<'a>, gates: &'a [bool], places: Places) -> Self {
        let Bytes { text, slots, pilots, rules } = bytes;
        Self { text, slots: slots.as_chunks().0, pilots, rules, gates, places }
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

    /// As [`look_up`](Self::look_up).
    #[doc(hidden)]
    #[must_use]
    pub const fn look_up_usual(&self, url: UsualUrl<'_>) -> Lookup {
        match self.glance(&url) {
            Ok(()) => Lookup::Admitted,
            Err(unsettled) => self.look_further(&url, unsettled),
        }
    }

    /// Whether the host is here and all of it admitted. A name in the table is canonical, so that an exact hit needs no
    /// look at the rest.
    ///
    /// # Errors
    ///
    /// If that alone doesn't tell: see [`look_further`](Self::look_further).
    #[doc(hidden)]
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    pub const fn glance(&self, url: &UsualUrl<'_>) -> Result<(), Unsettled> {
        glance(self.slots, self.pilots, self.text.as_bytes(), url)
    }

    /// The rules of the host, its parents, and what holds everywhere.
    #[doc(hidden)]
    #[inline(never)]
    #[must_use]
    pub const fn look_further(&self, url: &UsualUrl<'_>, unsettled: Unsettled) -> Lookup {
        let slot = unsettled.0;
        if slot.is_of(url.host.len(), false) { self.look_up_own(slot, url) } else { self.look_up_below(url) }
    }

    /// What sources with the host itself say, if the slot is its own, or those that it is below.
    #[inline(never)]
    const fn look_up_own(&self, slot: Slot, url: &UsualUrl<'_>) -> Lookup {
        if slot.is_named(self.text.as_bytes(), url.host, false) {
            if slot.is_unusual() {
                return Lookup::Unusual;
            }
            match self.look_up_slot(slot, url) {
                Lookup::Refused(Refusal::NoSourceMatched) => {}
                decided => return decided,
            }
        }
        self.look_up_below(url)
    }

    /// What the sources of wider names say.
    #[expect(clippy::inline_always, reason = "a step of a decision, without a call")]
    #[inline(always)]
    const fn look_up_below(&self, url: &UsualUrl<'_>) -> Lookup {
        let host = url.host;
        if host.is_empty() || host.len() > 64 {
            return Lookup::Unusual;
        }
        let mut lengths = self.places.parents & ((1 << (host.len() - 1)) - 1);
        if lengths & 1 == 1 {
            lengths &= host::marks_behind(host) & !1;
        }
        self.look_up_parents(lengths, url)
    }

    /// What sources with parents of these lengths say, or the ones for every host.
    #[inline(never)]
    const fn look_up_parents(&self, lengths: u64, url: &UsualUrl<'_>) -> Lookup {
        let host = url.host;
        let mut lengths = lengths;
        while lengths != 0 {
            if host[host.len() - 1 - lengths.trailing_zeros() as usize] == b'.' {
                return self.look_up_parent(lengths, url);
            }
            lengths &= lengths - 1;
        }
        self.look_up_everywhere(url)
    }

    /// As [`look_up_parents`](Self::look_up_parents), where the host has a dot before the first of the lengths. They call
    /// one another, which is lighter than a loop around all of it.
    #[inline(never)]
    const fn look_up_parent(&self, lengths: u64, url: &UsualUrl<'_>) -> Lookup {
        let host = url.host;
        let (before, parent) = host.split_at(host.len() - lengths.trailing_zeros() as usize);
        let slot = self.find(parent, true);
        if !slot.is_empty() {
            // The parent is a name of the table, so that only what is before its dot is to be looked at.
            if slot.is_unusual() || !host::is_plain(host, before.len() - 1) {
                return Lookup::Unusual;
            }
            match self.look_up_slot(slot, url) {
                Lookup::Refused(Refusal::NoSourceMatched) => {}
                decided => return decided,
            }
        }
        self.look_up_parents(lengths & (lengths - 1), url)
    }

    #[inline(never)]
    const fn look_up_everywhere(&self, url: &UsualUrl<'_>) -> Lookup {
        if !host::is_plain_name(url.host) {
            return Lookup::Unusual;
        }
        match self.places.everywhere {
            0 => Lookup::Refused(Refusal::NoSourceMatched),
            first => self.look_up_rules(first - 1, url),
        }
    }

    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    const fn look_up_slot(&self, slot: Slot, url: &UsualUrl<'_>) -> Lookup {
        if !slot.is_simple() {
            return self.look_up_rules(slot.first_rule(), url);
        }
        if slot.admits(url.bit) { Lookup::Admitted } else { Lookup::Refused(Refusal::NoSourceMatched) }
    }

    /// The path of the text counts only where there are rules.
    #[inline(never)]
    const fn look_up_rules(&self, first: u32, url: &UsualUrl<'_>) -> Lookup {
        let Some(path) = Path::scan(url.tail) else { return Lookup::Unusual };
        match self.rules_admit(first, Key { bit: url.bit, port: url.port, path, paths: Paths::Guarded }) {
            Ok(()) => Lookup::Admitted,
            // Another source may still cover it without a path.
            Err(Refusal::HiddenSeparator) => Lookup::Unusual,
            Err(refusal) => Lookup::Refused(refusal),
        }
    }

    /// The slot of a host, or of the parent of `*.`; an empty one if it is unknown.
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    const fn find(&self, name: &[u8], parent: bool) -> Slot {
        let slot = probe(self.slots, self.pilots, record::hash_of(host::hash(name), parent));
        if slot.is_named(self.text.as_bytes(), name, parent) { slot } else { Slot::EMPTY }
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
        let key = Key {
            bit: record::mask_bit(scheme, port),
            port,
            path: Path { bytes: target.path.as_bytes(), plain: false },
            paths,
        };
        let host = target.host.as_bytes();
        let mut refusal = Refusal::NoSourceMatched;
        match self.slot_admits(self.find(host, false), key) {
            Ok(()) => return Ok(()),
            Err(found) => refusal = worse(refusal, found),
        }
        let mut before = host;
        while let Some(dot) = host::last_dot(before) {
            let parent = host.split_at(dot + 1).1;
            if self.places.parents >> (if parent.len() < 63 { parent.len() } else { 63 }) & 1 == 1 {
                match self.slot_admits(self.find(parent, true), key) {
                    Ok(()) => return Ok(()),
                    Err(found) => refusal = worse(refusal, found),
                }
            }
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
        if slot.admits(key.bit) { Ok(()) } else { Err(Refusal::NoSourceMatched) }
    }

    const fn rules_admit(&self, first: u32, key: Key<'_>) -> Result<(), Refusal> {
        let mut refusal = Refusal::NoSourceMatched;
        let mut index = first;
        loop {
            let rule = Rule::read(self.rules, index);
            if rule.admits(key.bit, key.port) && self.is_open(rule) {
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

/// [`Table::glance`] at the parts of a table.
#[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
#[inline(always)]
const fn glance(slots: &[[u8; Slot::SIZE]], pilots: &[u8], text: &[u8], url: &UsualUrl<'_>) -> Result<(), Unsettled> {
    let slot = probe(slots, pilots, url.hash);
    let length = url.host.len();
    if slot.is_plain(length) && word::equal(slot.name(text, length), url.host) && slot.admits(url.bit) {
        Ok(())
    } else {
        Err(Unsettled(slot))
    }
}

/// The slot where a name of this hash is, if it is anywhere.
#[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
#[inline(always)]
const fn probe(slots: &[[u8; Slot::SIZE]], pilots: &[u8], hash: u64) -> Slot {
    if pilots.is_empty() || slots.is_empty() {
        return Slot::EMPTY;
    }
    let pilot = pilots[perfect::bucket(hash, pilots.len())];
    Slot::read(slots[perfect::slot(hash, pilot, slots.len())])
}

/// A hidden separator says more than that no source matched.
const fn worse(left: Refusal, right: Refusal) -> Refusal {
    match (left, right) {
        (Refusal::HiddenSeparator, _) | (_, Refusal::HiddenSeparator) => Refusal::HiddenSeparator,
        _ => left,
    }
}
