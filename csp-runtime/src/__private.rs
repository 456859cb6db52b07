//! What the macros' output names. Not for people: it changes without notice.

pub use csp_core::{Bytes, Places, Table};

pub use crate::Policy;
pub use crate::endpoint::{Endpoint, endpoint, refusal, refusal_length};
pub use crate::policy::{Parts, policy};

use crate::const_text::ConstText;

/// The length of a header: see [`header`].
#[must_use]
pub const fn header_length(directive: &str, segments: &[&str]) -> usize {
    write_header::<0>(directive, segments).length()
}

/// A directive of these segments of a source list; `'none'` if there are none.
#[must_use]
pub const fn header<const LENGTH: usize>(directive: &str, segments: &[&str]) -> [u8; LENGTH] {
    write_header::<LENGTH>(directive, segments).into_bytes()
}

const fn write_header<const LENGTH: usize>(directive: &str, segments: &[&str]) -> ConstText<LENGTH> {
    let mut text = ConstText::new();
    text.push(directive);
    if segments.is_empty() {
        text.push(" 'none'");
    }
    let mut index = 0;
    while index < segments.len() {
        text.push(" ");
        text.push(segments[index]);
        index += 1;
    }
    text
}

/// What stands in a header from a place on. The macros know the place, so that the compiler has no text to read.
#[must_use]
pub const fn behind(header: &str, start: usize) -> &str {
    header.split_at(start).1
}

/// Bytes that were text before.
///
/// # Panics
///
/// If they are not UTF-8, which what [`header`] and [`refusal`] write always is.
#[must_use]
pub const fn text(bytes: &[u8]) -> &str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("text of the macros is UTF-8"),
    }
}
