use alloc::vec;
use alloc::vec::Vec;

/// Positions of a list by a text that they have in common.
///
/// A hash table of its own, as plain as can be: proc macros run without optimisation, where the collections of the
/// standard library take most of the time that a long list takes.
pub(super) struct Positions<'a> {
    /// The last link of a text, from 1, by its hash; 0 is free. A power of two.
    slots: Vec<u32>,
    links: Vec<Link<'a>>,
}

struct Link<'a> {
    text: &'a str,
    position: usize,
    /// The next link of the same text, from 1; 0 ends the chain.
    next: u32,
}

impl<'a> Positions<'a> {
    /// For at most `count` positions.
    pub(super) fn new(count: usize) -> Self {
        Self { slots: vec![0; (count * 2).next_power_of_two().max(8)], links: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Adds a position; later ones come first.
    pub(super) fn push(&mut self, text: &'a str, position: usize) {
        let slot = self.slot(text);
        let next = self.slots[slot];
        self.links.push(Link { text, position, next });
        // A list whose length is no u32 doesn't fit into memory.
        self.slots[slot] = u32::try_from(self.links.len()).unwrap_or_default();
    }

    /// The positions of a text, the latest first.
    pub(super) fn of(&self, text: &str) -> impl Iterator<Item = usize> {
        let mut next = self.slots[self.slot(text)];
        core::iter::from_fn(move || {
            let link = self.links.get((next as usize).checked_sub(1)?)?;
            next = link.next;
            Some(link.position)
        })
    }

    /// Where the text is, or would be. There is always a free slot: at most half of them are taken.
    fn slot(&self, text: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = hash(text) & mask;
        while self.slots[slot] != 0 && self.links[self.slots[slot] as usize - 1].text != text {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// FNV-1a.
fn hash(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut hash = 0x811c_9dc5_u32;
    let mut index = 0;
    while index < bytes.len() {
        hash = (hash ^ u32::from(bytes[index])).wrapping_mul(0x0100_0193);
        index += 1;
    }
    hash as usize
}
