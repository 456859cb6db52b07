//! What tells that a file has changed. Nobody is kept from forging it: who can edit a front end can edit its lock.

#[cfg(feature = "scan")]
pub(crate) use quick::{Key, key};
use siphasher::sip128::SipHasher24;

/// The hash of a file's content, in hexadecimal; line ends count as `\n`, since Git may change them.
pub(crate) fn content(bytes: &[u8]) -> String {
    // This search is compiled with optimisation in every build; one for both characters would not be.
    let hash = if bytes.contains(&b'\r') {
        let mut plain = Vec::with_capacity(bytes.len());
        for (index, &byte) in bytes.iter().enumerate() {
            if byte != b'\r' || bytes.get(index + 1) != Some(&b'\n') {
                plain.push(byte);
            }
        }
        SipHasher24::new().hash(&plain)
    } else {
        SipHasher24::new().hash(bytes)
    };
    format!("{:032x}", hash.as_u128())
}

/// A hash for a cache, which no other program reads. Build scripts are compiled without optimisation: there it takes 0.4 ns a
/// byte, and `SipHash` 4.
#[cfg(feature = "scan")]
mod quick {
    pub(crate) type Key = u128;

    const FIRST: u64 = 0x9E37_79B9_7F4A_7C15;
    const SECOND: u64 = 0xC2B2_AE3D_27D4_EB4F;

    /// The key of a content, and of what it is read as.
    pub(crate) fn key(kind: &[u8], content: &[u8]) -> Key {
        let (mut first, mut second) = mixed(FIRST, SECOND, kind);
        (first, second) = mixed(first, second, content);
        u128::from(finished(first ^ (second >> 7))) << 64 | u128::from(finished(second.wrapping_add(first)))
    }

    /// Both halves see all of a text, in one order and in the other of each sixteen bytes. Every step can be undone, so that
    /// no difference gets lost in a half but by another one that is to the point.
    #[allow(clippy::cast_possible_truncation, reason = "halves are taken, and calls cost time without optimisation")]
    fn mixed(mut first: u64, mut second: u64, text: &[u8]) -> (u64, u64) {
        let (chunks, rest) = text.as_chunks::<16>();
        let mut at = 0;
        while at < chunks.len() {
            let both = u128::from_le_bytes(chunks[at]);
            (first, second) = step(first, second, both as u64, (both >> 64) as u64);
            at += 1;
        }
        let mut last = [0; 16];
        last[..rest.len()].copy_from_slice(rest);
        let both = u128::from_le_bytes(last);
        (first, second) = step(first, second, both as u64, (both >> 64) as u64);
        step(first, second, text.len() as u64, text.len() as u64)
    }

    #[allow(clippy::inline_always, reason = "the one attribute that counts without optimisation")]
    #[inline(always)]
    const fn step(mut first: u64, mut second: u64, low: u64, high: u64) -> (u64, u64) {
        first = (first ^ low).wrapping_mul(FIRST);
        second = (second ^ high).wrapping_mul(SECOND);
        first = (first ^ (first >> 32) ^ high).wrapping_mul(SECOND);
        second = (second ^ (second >> 29) ^ low).wrapping_mul(FIRST);
        (first ^ (first >> 31), second ^ (second >> 33))
    }

    /// The finisher of `MurmurHash3`: each bit changes half of the others.
    fn finished(mut half: u64) -> u64 {
        half = (half ^ (half >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        half = (half ^ (half >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        half ^ (half >> 33)
    }
}
