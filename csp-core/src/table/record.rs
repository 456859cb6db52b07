//! Slots and rules in their packed form.

#![expect(clippy::cast_possible_truncation, reason = "fields are cut out of wider numbers")]
#![expect(clippy::inline_always, reason = "one decision is one function, without calls")]

use super::DEFAULT_PORT;
use super::word::equal;

/// A host, or the parent of `*.`, and what is admitted there.
///
/// Bits: 26 of the name's offset in the text, 11 of its length, 1 whether only a URL parser can tell a URL of this host,
/// 1 whether it is a parent, 1 whether it has rules, then 8 of masks or 24 of the first rule. 0 is an empty slot: a name
/// has a length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot(u64);

impl Slot {
    pub(super) const SIZE: usize = 8;
    pub(super) const LONGEST_NAME: usize = (1 << 11) - 1;
    pub(super) const LONGEST_TEXT: usize = 1 << 26;
    pub(super) const MOST_RULES: usize = 1 << 24;

    /// Nothing is admitted.
    pub(super) const EMPTY: Self = Self(0);

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// A name without anything that is admitted yet.
    pub(super) const fn new(offset: u32, length: u32, unusual: bool, parent: bool) -> Self {
        Self(offset as u64 | (length as u64) << 26 | (unusual as u64) << 37 | (parent as u64) << 38)
    }

    pub(super) const fn with_masks(self, masks: u8) -> Self {
        Self(self.0 | (masks as u64) << 40)
    }

    pub(super) const fn with_rules(self, first: u32) -> Self {
        Self(self.0 | 1 << 39 | (first as u64) << 40)
    }

    #[inline(always)]
    pub(super) const fn read(bytes: [u8; Self::SIZE]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }

    pub(super) const fn to_bytes(self) -> [u8; Self::SIZE] {
        self.0.to_le_bytes()
    }

    /// The name, whose length the caller knows from [`is_of`](Self::is_of).
    #[inline(always)]
    pub(super) const fn name(self, text: &[u8], length: usize) -> &[u8] {
        let start = (self.0 & ((1 << 26) - 1)) as usize;
        text.split_at(start).1.split_at(length).0
    }

    /// Whether its name is as long, and of this kind.
    pub(super) const fn is_of(self, length: usize, parent: bool) -> bool {
        self.0 >> 26 & 0b1_0111_1111_1111 == (length as u64 | (parent as u64) << 12)
    }

    /// Whether the name is a host of this length, the same to every URL parser, with masks and no rules.
    #[inline(always)]
    pub(super) const fn is_plain(self, length: usize) -> bool {
        self.0 >> 26 & 0b11_1111_1111_1111 == length as u64
    }

    /// Whether it is the slot of this name; an empty one is of the empty name, and admits nothing.
    #[inline(always)]
    pub(super) const fn is_named(self, text: &[u8], name: &[u8], parent: bool) -> bool {
        self.is_of(name.len(), parent) && equal(self.name(text, name.len()), name)
    }

    /// Whether there are masks and no rules.
    pub(super) const fn is_simple(self) -> bool {
        self.0 >> 39 & 1 == 0
    }

    pub(super) const fn is_unusual(self) -> bool {
        self.0 >> 37 & 1 == 1
    }

    /// What the masks say, where there are no rules.
    #[inline(always)]
    pub(super) const fn admits(self, bit: u32) -> bool {
        self.0 >> 40 >> bit & 1 == 1
    }

    pub(super) const fn first_rule(self) -> u32 {
        (self.0 >> 40) as u32
    }
}

/// The hash of a name: parents have other places than hosts.
#[inline(always)]
pub(super) const fn hash_of(hash: u64, parent: bool) -> u64 {
    if parent { hash ^ 0xa076_1d64_78bd_642f } else { hash }
}

/// The bit of the masks that is asked for: 0 to 3 for a scheme on its default port, 4 to 7 on another one.
#[inline(always)]
pub(super) const fn mask_bit(scheme: u32, port: u32) -> u32 {
    if port == DEFAULT_PORT { scheme } else { scheme + 4 }
}

/// What is admitted at a host: schemes, a port, a path, under a gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rule {
    /// The bits are those of [`mask_bit`].
    pub(super) masks: u8,
    /// The schemes that are admitted on `port`, which is no scheme's default there.
    pub(super) explicit: u8,
    pub(super) port: u16,
    pub(super) path_offset: u32,
    pub(super) path_length: u32,
    /// The gate, from 1; 0 for none.
    pub(super) gate: u16,
    pub(super) last: bool,
}

impl Rule {
    pub(super) const SIZE: usize = 16;

    pub(super) const fn read(rules: &[u8], index: u32) -> Self {
        let bytes = match rules.split_at(index as usize * Self::SIZE).1.first_chunk::<{ Self::SIZE }>() {
            Some(bytes) => u128::from_le_bytes(*bytes),
            None => 0,
        };
        Self {
            masks: bytes as u8,
            explicit: (bytes >> 8) as u8,
            port: (bytes >> 16) as u16,
            path_offset: (bytes >> 32) as u32,
            path_length: (bytes >> 64) as u32,
            gate: (bytes >> 96) as u16,
            last: bytes >> 112 & 1 == 1,
        }
    }

    pub(super) const fn to_bytes(self) -> [u8; Self::SIZE] {
        let bytes = self.masks as u128
            | (self.explicit as u128) << 8
            | (self.port as u128) << 16
            | (self.path_offset as u128) << 32
            | (self.path_length as u128) << 64
            | (self.gate as u128) << 96
            | (self.last as u128) << 112;
        bytes.to_le_bytes()
    }

    pub(super) const fn admits(self, bit: u32, port: u32) -> bool {
        self.masks >> bit & 1 == 1 || (self.explicit >> (bit & 3) & 1 == 1 && self.port as u32 == port)
    }

    pub(super) const fn is_last(self) -> bool {
        self.last
    }

    /// The gate by its place among the gates.
    pub(super) const fn gate(self) -> Option<usize> {
        match self.gate {
            0 => None,
            gate => Some(gate as usize - 1),
        }
    }

    pub(super) const fn path<'a>(&self, text: &'a str) -> &'a str {
        let start = self.path_offset as usize;
        text.split_at(start + self.path_length as usize).0.split_at(start).1
    }
}
