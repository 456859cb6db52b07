//! Building tables.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::perfect::{self, Placement};
use super::record::{Rule, Slot, hash_of};
use super::{Bytes, MOST_TRIES, Places, Table, Unsettled, UsualUrl, host};
use crate::{HostPart, HostSource, Keyword, Origin, PortPart, SchemePart, SourceExpression};

/// A table that owns its bytes.
///
/// ```
/// use csp_core::{Request, SourceExpression, TableData, Target};
///
/// let sources = ["https://api.example.com", "https://*.example.net"].map(SourceExpression::parse).map(Option::unwrap);
/// let data = TableData::new(&sources, &[], None).expect("a short list");
/// let request = |url| Request::new(Target::canonical(url).unwrap());
/// assert!(data.table(&[]).covers(&request("https://cdn.example.net/a.js")));
/// assert!(data.table(&[]).admit(&request("https://example.net/")).is_err());
/// ```
#[derive(Clone, Debug)]
pub struct TableData {
    text: String,
    slots: Vec<[u8; Slot::SIZE]>,
    pilots: Vec<u8>,
    rules: Vec<u8>,
    places: Places,
}

/// A host and what is admitted there, before the bytes are laid out.
struct Name {
    offset: u32,
    length: u32,
    parent: bool,
    hash: u64,
    rules: List,
}

/// Rules in their order, chained through [`Builder::links`]; 0 ends a chain.
#[derive(Clone, Copy, Default)]
struct List {
    first: u32,
    last: u32,
}

struct Builder {
    text: String,
    names: Vec<Name>,
    /// A name's place from 1, by its hash.
    index: Vec<u32>,
    links: Vec<(Rule, u32)>,
    everywhere: List,
    own: List,
    others: List,
    parents: u64,
}

impl TableData {
    /// Packs sources. `gates` are the numbers of the sources' gates, from 1, 0 for none; empty if there are no gates.
    ///
    /// `self_origin` is the page that scheme-less sources are for; without one they cover nothing.
    ///
    /// `None` if the list is larger than a table can be: 64 MiB of text, a host of 2,047 bytes.
    #[must_use]
    pub fn new(sources: &[SourceExpression<'_>], gates: &[u16], self_origin: Option<&Origin>) -> Option<Self> {
        let mut builder = Builder::new(sources.len());
        for (position, source) in sources.iter().enumerate() {
            let gate = gates.get(position).copied().unwrap_or_default();
            builder.push(source, gate, self_origin)?;
        }
        builder.finish()
    }

    /// The table. `gates` says which gates hold.
    #[inline]
    #[must_use]
    pub fn table<'a>(&'a self, gates: &'a [bool]) -> Table<'a> {
        let Self { text, slots, pilots, rules, places } = self;
        Table { text, slots, pilots, rules, gates, places: *places }
    }

    /// [`Table::glance`], without the table: it is put together for what isn't a plain hit.
    #[doc(hidden)]
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    pub fn glance(&self, url: &UsualUrl<'_>) -> Result<(), Unsettled> {
        super::look_up::glance(&self.slots, &self.pilots, self.text.as_bytes(), url)
    }

    /// The sources in their canonical text, separated by blanks.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub fn bytes(&self) -> Bytes<'_> {
        Bytes { text: &self.text, slots: self.slots.as_flattened(), pilots: &self.pilots, rules: &self.rules }
    }

    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub const fn places(&self) -> Places {
        self.places
    }
}

impl Builder {
    fn new(count: usize) -> Self {
        Self {
            text: String::new(),
            names: Vec::with_capacity(count),
            index: vec![0; (count * 2).next_power_of_two().max(8)],
            links: Vec::with_capacity(count),
            everywhere: List::default(),
            own: List::default(),
            others: List::default(),
            parents: 0,
        }
    }

    fn push(&mut self, source: &SourceExpression<'_>, gate: u16, self_origin: Option<&Origin>) -> Option<()> {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        write!(self.text, "{source}").ok()?;
        if self.text.len() > Slot::LONGEST_TEXT {
            return None;
        }
        let whole = Rule { path_offset: u32::try_from(start).ok()?, gate, ..Rule::default() };
        let whole = Rule { path_length: u32::try_from(self.text.len() - start).ok()?, ..whole };
        match source {
            SourceExpression::Keyword(Keyword::SelfOrigin) => {
                append(&mut self.links, &mut self.own, Rule { gate, ..Rule::default() });
            }
            SourceExpression::Scheme(scheme) if scheme.is_network() => {
                let masks = upgrades(*scheme) * 0x11;
                append(&mut self.links, &mut self.everywhere, Rule { masks, gate, ..Rule::default() });
            }
            SourceExpression::Scheme(_) => append(&mut self.links, &mut self.others, whole),
            SourceExpression::Host(host) => self.push_host(host, whole, self_origin)?,
            _ => {}
        }
        Some(())
    }

    /// `whole` is a rule with the gate, whose path is the whole source.
    fn push_host(&mut self, source: &HostSource<'_>, whole: Rule, self_origin: Option<&Origin>) -> Option<()> {
        if *source == STAR {
            append(&mut self.links, &mut self.everywhere, Rule { masks: 0xff, gate: whole.gate, ..Rule::default() });
            return Some(());
        }
        let Some(scheme) = source.scheme.or_else(|| self_origin.map(Origin::scheme)) else { return Some(()) };
        if !scheme.is_network() {
            append(&mut self.links, &mut self.others, whole);
            return Some(());
        }
        let path_length = u32::try_from(source.path.as_str().len()).ok()?;
        let path_offset = u32::try_from(self.text.len()).ok()? - path_length;
        let rule = Rule { path_offset, path_length, gate: whole.gate, ..admitted(scheme, source.port) };
        let (name, parent) = match source.host {
            HostPart::Any => {
                append(&mut self.links, &mut self.everywhere, rule);
                return Some(());
            }
            HostPart::Exact(name) => (name, false),
            HostPart::Subdomains(name) => (name, true),
        };
        // The name's place in the text that was just written: behind the scheme and `*.`.
        let before = source.scheme.map_or(0, |scheme| scheme.as_str().len() + 3) + if parent { 2 } else { 0 };
        let offset = whole.path_offset + u32::try_from(before).ok()?;
        let name = self.name(offset, name.len(), parent)?;
        append(&mut self.links, &mut self.names[name].rules, rule);
        Some(())
    }

    /// The place of a name that stands in the text, new or known.
    fn name(&mut self, offset: u32, length: usize, parent: bool) -> Option<usize> {
        if length > Slot::LONGEST_NAME {
            return None;
        }
        let text = self.text.as_bytes();
        let (start, end) = (offset as usize, offset as usize + length);
        let name = &text[start..end];
        let hash = hash_of(host::hash(name), parent);
        let mut at = first_place(hash, self.index.len());
        loop {
            match self.index[at] {
                0 => break,
                known => {
                    let known = known as usize - 1;
                    let earlier = &self.names[known];
                    if earlier.hash == hash
                        && earlier.parent == parent
                        && earlier.length as usize == length
                        && text[earlier.offset as usize..][..length] == *name
                    {
                        return Some(known);
                    }
                }
            }
            at = (at + 1) & (self.index.len() - 1);
        }
        if parent {
            self.parents |= 1 << length.min(63);
        }
        self.names.push(Name { offset, length: u32::try_from(length).ok()?, parent, hash, rules: List::default() });
        self.index[at] = u32::try_from(self.names.len()).ok()?;
        Some(self.names.len() - 1)
    }

    fn finish(self) -> Option<TableData> {
        let Self { text, names, index: _, links, everywhere, own, others, parents } = self;
        let hashes: Vec<u64> = names.iter().map(|name| name.hash).collect();
        let Placement { pilots, slots: count, places } = perfect::place(&hashes)?;
        let mut rules = Vec::new();
        let mut slots = vec![Slot::EMPTY.to_bytes(); count];
        for (name, place) in names.iter().zip(places) {
            let Name { offset, length, parent, rules: list, .. } = name;
            let name = &text[*offset as usize..][..*length as usize];
            let slot = Slot::new(*offset, *length, is_unusual(name), *parent);
            let slot = match simple_masks(&links, *list) {
                Some(masks) => slot.with_masks(masks),
                None => slot.with_rules(write_rules(&links, *list, &mut rules)? - 1),
            };
            slots[place] = slot.to_bytes();
        }
        let parents = if parents.count_ones() > MOST_TRIES { parents | 1 } else { parents };
        let places = Places {
            everywhere: write_rules(&links, everywhere, &mut rules)?,
            own: write_rules(&links, own, &mut rules)?,
            others: write_rules(&links, others, &mut rules)?,
            parents,
        };
        Some(TableData { text, slots, pilots, rules, places })
    }
}

/// `*`
const STAR: HostSource<'_> =
    HostSource { scheme: None, host: HostPart::Any, port: PortPart::Default, path: crate::PathPart::EMPTY };

/// Whether the text alone doesn't tell what a URL of this host is: punycode may be none, and what ends in a number is an
/// address, in its canonical spelling or not, which a guard looks at twice. Received policies have them all.
fn is_unusual(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_punycode = name.starts_with("xn--") || name.contains(".xn--");
    is_punycode || !last.starts_with(|first: char| first.is_ascii_lowercase())
}

/// Where the search for a name begins in the builder's index.
#[expect(clippy::cast_possible_truncation, reason = "any bits of the hash do")]
fn first_place(hash: u64, places: usize) -> usize {
    hash as usize & (places - 1)
}

fn append(links: &mut Vec<(Rule, u32)>, list: &mut List, rule: Rule) {
    links.push((rule, 0));
    // More rules than fit are refused when they are written.
    let newest = u32::try_from(links.len()).unwrap_or(u32::MAX);
    match list.last {
        0 => list.first = newest,
        end => links[end as usize - 1].1 = newest,
    }
    list.last = newest;
}

/// The masks of rules that have nothing but masks.
fn simple_masks(links: &[(Rule, u32)], list: List) -> Option<u8> {
    let mut masks = 0;
    let mut next = list.first;
    while next != 0 {
        let (rule, after) = links[next as usize - 1];
        if rule.explicit != 0 || rule.path_length != 0 || rule.gate != 0 {
            return None;
        }
        masks |= rule.masks;
        next = after;
    }
    Some(masks)
}

/// Appends the rules of a list; gives the place of the first, from 1, and 0 where there are none.
fn write_rules(links: &[(Rule, u32)], list: List, rules: &mut Vec<u8>) -> Option<u32> {
    if list.first == 0 {
        return Some(0);
    }
    let first = rules.len() / Rule::SIZE + 1;
    let mut next = list.first;
    while next != 0 {
        let (rule, after) = links[next as usize - 1];
        rules.extend_from_slice(&Rule { last: after == 0, ..rule }.to_bytes());
        next = after;
    }
    (rules.len() / Rule::SIZE < Slot::MOST_RULES).then(|| u32::try_from(first).ok())?
}

/// The bit of a scheme, and of the one that it may be upgraded to.
fn upgrades(scheme: SchemePart<'_>) -> u8 {
    match scheme {
        SchemePart::Http => 0b0011,
        SchemePart::Https => 0b0010,
        SchemePart::Ws => 0b1100,
        SchemePart::Wss => 0b1000,
        SchemePart::Other(_) => 0,
    }
}

/// What scheme and port of a source admit, as [`difference`](crate::difference) decides it.
fn admitted(scheme: SchemePart<'_>, port: PortPart) -> Rule {
    let own = match scheme {
        SchemePart::Http => 0b0001,
        SchemePart::Ws => 0b0100,
        secure => upgrades(secure),
    };
    let rule = |masks, explicit, port| Rule { masks, explicit, port, ..Rule::default() };
    match (port, scheme) {
        (PortPart::Any, _) => rule(upgrades(scheme) * 0x11, 0, 0),
        // From 80 an upgrade goes to 443.
        (PortPart::Default, _) | (PortPart::Number(80), SchemePart::Http | SchemePart::Ws) => {
            rule(upgrades(scheme), 0, 0)
        }
        (PortPart::Number(443), SchemePart::Https | SchemePart::Wss) => rule(own, 0, 0),
        // http://a:443 is also the secure site; ws://a:443 is not.
        (PortPart::Number(443), SchemePart::Http) => rule(0b0010, own, 443),
        (PortPart::Number(number), _) => rule(0, own, number),
    }
}
