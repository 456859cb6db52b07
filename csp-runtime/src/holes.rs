//! Headers with holes, which a nonce fills.

#[cfg(feature = "nonce")]
use alloc::{string::String, vec::Vec};

#[cfg(feature = "nonce")]
use crate::Nonce;

/// What stands for the nonce in a template.
#[cfg(feature = "nonce")]
const HOLE: &str = "{nonce}";

/// As many directives can have a nonce: `default-src`, and three each for scripts and for styles.
const MOST: usize = 7;

/// Where a template has its holes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holes {
    /// Where they begin, in bytes of the template.
    starts: [usize; MOST],
    count: usize,
}

impl Holes {
    /// Those of a template that a macro or an extension has made.
    pub(crate) const fn of(template: &str) -> Self {
        let mut holes = Self { starts: [0; MOST], count: 0 };
        let bytes = template.as_bytes();
        let mut index = 0;
        while index < bytes.len() {
            // Braces are no part of the language.
            if bytes[index] == b'{' {
                holes.starts[holes.count] = index;
                holes.count += 1;
            }
            index += 1;
        }
        holes
    }

    /// The template with the nonce in each hole, in one allocation.
    #[cfg(feature = "nonce")]
    pub(crate) fn fill(&self, template: &str, nonce: &Nonce) -> Vec<u8> {
        let template = template.as_bytes();
        let length = template.len() - self.count * HOLE.len() + self.count * Nonce::LENGTH;
        let mut header = Vec::with_capacity(length);
        let mut done = 0;
        for &hole in &self.starts[..self.count] {
            header.extend_from_slice(&template[done..hole]);
            header.extend_from_slice(nonce.as_bytes());
            done = hole + HOLE.len();
        }
        header.extend_from_slice(&template[done..]);
        header
    }
}

/// What was filled, as text.
#[cfg(feature = "nonce")]
pub(crate) fn text(filled: Vec<u8>) -> String {
    // It is made of whole texts, and so is UTF-8.
    String::from_utf8(filled).unwrap_or_default()
}
