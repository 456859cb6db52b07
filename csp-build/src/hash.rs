//! What tells that a file has changed. Nobody is kept from forging it: who can edit a front end can edit its lock.

use siphasher::sip128::SipHasher24;

/// The hash of a file's content, in hexadecimal; line ends count as `\n`, since Git may change them.
pub(crate) fn content(bytes: &[u8]) -> String {
    let hash = if bytes.windows(2).any(|pair| pair == b"\r\n") {
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
