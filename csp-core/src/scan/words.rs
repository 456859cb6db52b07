//! Words between blanks, of any text.

use alloc::string::String;
use core::fmt::Write as _;

/// Appends a text as one word: what would end it, or can't be seen, is percent-encoded.
pub(super) fn push(out: &mut String, text: &str) {
    for character in text.chars() {
        if needs_escape(character) {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                // Writing to a `String` can't fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(character);
        }
    }
    if text.is_empty() {
        out.push('%');
    }
}

/// Appends a text as the rest of a line, in which blanks may stand.
pub(super) fn push_rest(out: &mut String, text: &str) {
    for (index, part) in text.split(' ').enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if !part.is_empty() {
            push(out, part);
        }
    }
}

fn needs_escape(character: char) -> bool {
    character == '%' || character.is_whitespace() || character.is_control()
}

/// The text of a word; `None` where a percent sign begins no byte of UTF-8.
pub(super) fn read(word: &str) -> Option<String> {
    if word == "%" {
        return Some(String::new());
    }
    let mut bytes = alloc::vec::Vec::with_capacity(word.len());
    let mut rest = word.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let [high, low, tail @ ..] = rest else { return None };
            bytes.push(digit(*high)? * 16 + digit(*low)?);
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    u8::try_from(char::from(byte).to_digit(16)?).ok()
}
