//! Base64, as far as screenshots and certificates need it.

#[cfg(feature = "tls")]
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Standard, padded base64 of bytes, in lines of 64.
#[cfg(feature = "tls")]
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + bytes.len() / 48 + 4);
    for (index, three) in bytes.chunks(3).enumerate() {
        if index > 0 && index % 16 == 0 {
            text.push('\n');
        }
        let bits = three.iter().fold(0, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// The bytes behind standard, padded base64; `None` when a character is foreign.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut buffer, mut bits) = (0_u32, 0);
    for character in text.bytes() {
        buffer = buffer << 6 | u32::from(sextet(character)?);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

fn sextet(character: u8) -> Option<u8> {
    Some(match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_every_length() {
        for (text, expected) in
            [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmE=", "fooba"), ("Pj4/", ">>?")]
        {
            assert_eq!(decode(text).as_deref(), Some(expected.as_bytes()), "{text}");
        }
        assert_eq!(decode("Zm9v!"), None);
    }

    #[cfg(feature = "tls")]
    #[test]
    fn encodes_every_length() {
        for bytes in (0..200).map(|length| (0..length).map(|byte: u8| byte.wrapping_mul(77)).collect::<Vec<_>>()) {
            let text = encode(&bytes);
            assert!(text.lines().all(|line| line.len() <= 64 && line.len() % 4 == 0), "{text}");
            assert_eq!(decode(&text.replace('\n', "")).as_deref(), Some(bytes.as_slice()), "{text}");
        }
        assert_eq!(encode(b"fo"), "Zm8=");
    }
}
