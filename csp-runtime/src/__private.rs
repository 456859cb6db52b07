//! What the macros' output names. Not for people: it changes without notice.

pub use csp_core::{
    Bytes, DirectiveName, Disposition, Part, Places, Table, connect_directive, directive_value,
    first_allowlist_mistake, source_list,
};

pub use crate::covers::{ScannedCall, uncovered, uncovered_length};
pub use crate::endpoint::{Endpoint, endpoint, refusal, refusal_length};
pub use crate::policy::{Allowlist, Parts};
pub use crate::{NoncePolicy, Policy, ScannedCalls};

use csp_core::{Composition, ConstText, Tokens, contains, write_allowlist};

/// The length of a header: see [`header`].
#[must_use]
pub const fn header_length(base: &str, removed: &[DirectiveName], parts: &[Part<'_>]) -> usize {
    let mut text = ConstText::new(&mut []);
    Composition { base, removed, parts }.write(&mut text);
    text.length()
}

/// A policy of these directives, and of what it extends.
#[must_use]
pub const fn header<const LENGTH: usize>(base: &str, removed: &[DirectiveName], parts: &[Part<'_>]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    Composition { base, removed, parts }.write(&mut ConstText::new(&mut bytes));
    bytes
}

/// The first of these sources that another declaration has too; empty for none.
#[must_use]
pub const fn conflict<'a>(segments: &[&'a str], included: &Policy) -> &'a str {
    let mut index = 0;
    while index < segments.len() {
        let mut tokens = Tokens::new(segments[index]);
        while let Some(token) = tokens.next_token() {
            if contains(included.source_list(), token) {
                return token;
            }
        }
        index += 1;
    }
    ""
}

/// The length of [`only_new`].
#[must_use]
pub const fn only_new_length(list: &str, before: &[&str]) -> usize {
    let mut text = ConstText::new(&mut []);
    write_only_new(&mut text, list, before);
    text.length()
}

/// What of a list stands in none of those before it.
#[must_use]
pub const fn only_new<const LENGTH: usize>(list: &str, before: &[&str]) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    write_only_new(&mut ConstText::new(&mut bytes), list, before);
    bytes
}

const fn write_only_new(text: &mut ConstText<'_>, list: &str, before: &[&str]) {
    let mut tokens = Tokens::new(list);
    while let Some(token) = tokens.next_token() {
        let mut is_new = true;
        let mut index = 0;
        while index < before.len() {
            is_new &= !contains(before[index], token);
            index += 1;
        }
        if is_new {
            if text.length() > 0 {
                text.push(" ");
            }
            text.push(token);
        }
    }
}

/// Whether a directive of a policy is there, and allows nothing.
#[must_use]
pub const fn is_closed(policy: &str, directive: &str) -> bool {
    match directive_value(policy, directive) {
        Some(value) => contains(value, "'none'"),
        None => false,
    }
}

/// The length of [`conflict_message`].
#[must_use]
pub const fn conflict_length(source: &str, list: &str, included: &Policy) -> usize {
    let mut text = ConstText::new(&mut []);
    write_conflict(&mut text, source, list, included);
    text.length()
}

/// What to say about a source that two declarations have; nothing if it is empty.
#[must_use]
pub const fn conflict_message<const LENGTH: usize>(source: &str, list: &str, included: &Policy) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    write_conflict(&mut ConstText::new(&mut bytes), source, list, included);
    bytes
}

const fn write_conflict(text: &mut ConstText<'_>, source: &str, list: &str, included: &Policy) {
    if source.is_empty() {
        return;
    }
    text.push("source `");
    text.push(source);
    text.push("` stands in the list of ");
    text.push(list);
    text.push(", and in ");
    included.write_place(text);
    text.push(", which the list takes in\n  help: remove one of the two");
}

/// Room for [`allowlist`], without a look at what is in the lists.
#[must_use]
pub const fn allowlist_room(lists: &[&str], policy: &str) -> usize {
    let mut length = 64 + policy.len();
    let mut index = 0;
    while index < lists.len() {
        // A source is there by two schemes, and each character of its path may be escaped by two others.
        length += 8 * lists[index].len();
        index += 1;
    }
    length
}

/// The value of the header `Connection-Allowlist` for these lists of a policy, and its length.
#[must_use]
pub const fn allowlist<const ROOM: usize>(lists: &[&str], policy: &str) -> ([u8; ROOM], usize) {
    let mut bytes = [0; ROOM];
    let mut text = ConstText::new(&mut bytes);
    let endpoint = match directive_value(policy, "report-to") {
        Some(name) => name,
        None => "",
    };
    write_allowlist(&mut text, lists, endpoint);
    let length = text.length();
    assert!(length <= ROOM, "there is room for every allowlist");
    (bytes, length)
}

/// The first bytes.
#[must_use]
pub const fn beginning<const LENGTH: usize>(bytes: &[u8]) -> [u8; LENGTH] {
    let mut out = [0; LENGTH];
    out.copy_from_slice(bytes.split_at(LENGTH).0);
    out
}

/// The length of [`allowlist_refusal`].
#[must_use]
pub const fn allowlist_refusal_length(source: &str, reason: &str) -> usize {
    let mut text = ConstText::new(&mut []);
    write_allowlist_refusal(&mut text, source, reason);
    text.length()
}

/// Why a source has no place in an allowlist; nothing if it is empty.
#[must_use]
pub const fn allowlist_refusal<const LENGTH: usize>(source: &str, reason: &str) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    write_allowlist_refusal(&mut ConstText::new(&mut bytes), source, reason);
    bytes
}

const fn write_allowlist_refusal(text: &mut ConstText<'_>, source: &str, reason: &str) {
    if source.is_empty() {
        return;
    }
    text.push("source `");
    text.push(source);
    text.push("` ");
    text.push(reason);
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
/// If they are not UTF-8, which what the functions of this module write always is.
#[must_use]
pub const fn text(bytes: &[u8]) -> &str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("text of the macros is UTF-8"),
    }
}
