//! What a guard says of a URL's text, without parsing it.

use super::path::Path;
use super::record::Slot;
use super::{Key, Lookup, Paths, Table, UsualUrl, host, probe, word};
use crate::Refusal;

/// A look at the slot of a host that settled nothing: what is there.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Unsettled(Slot);

impl Table<'_> {
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
}

/// [`Table::glance`] at the parts of a table.
#[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
#[inline(always)]
pub(super) const fn glance(
    slots: &[[u8; Slot::SIZE]],
    pilots: &[u8],
    text: &[u8],
    url: &UsualUrl<'_>,
) -> Result<(), Unsettled> {
    let slot = probe(slots, pilots, url.hash);
    let length = url.host.len();
    if slot.is_plain(length) && word::equal(slot.name(text, length), url.host) && slot.admits(url.bit) {
        Ok(())
    } else {
        Err(Unsettled(slot))
    }
}
