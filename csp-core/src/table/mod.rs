//! A source list, packed for decisions: one hash of the host, one probe, no allocation.
//!
//! A [`Table`] says the same as [`covering`](crate::covering) over the same sources, whose algorithms it has worked out
//! beforehand: what a source's scheme and port admit is a mask of the four schemes of connections, upgrades included.
//! The macros write tables into the program; [`TableData`] builds them at run time. Everything here runs in const
//! evaluation too.
//!
//! Layout: a perfect hash of hosts, and of the parents of `*.`, whose slots point into the text of the
//! sources. A slot has a mask, or leads to rules where a host has ports, paths or gates.

mod build;
mod decide;
mod host;
mod look_up;
mod path;
mod perfect;
mod record;
mod scan;
mod word;

use crate::Refusal;
use crate::guard::hides_separator;
use crate::source::path_matches;
use path::Path;
use record::{Rule, Slot};

pub use build::TableData;
pub use look_up::Unsettled;
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

    /// The slot of a host, or of the parent of `*.`; an empty one if it is unknown.
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    const fn find(&self, name: &[u8], parent: bool) -> Slot {
        let slot = probe(self.slots, self.pilots, record::hash_of(host::hash(name), parent));
        if slot.is_named(self.text.as_bytes(), name, parent) { slot } else { Slot::EMPTY }
    }

    const fn is_open(&self, rule: Rule) -> bool {
        match rule.gate() {
            None => true,
            Some(gate) => self.gates[gate],
        }
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
