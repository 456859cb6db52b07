//! `$ref` within a document.

use std::collections::HashSet;

use csp_core::excerpt;
use serde_json::Value;

use super::document::Document;

/// What a value is in the end, and its place: itself, or what its `$ref` names.
pub(super) fn resolve<'d>(
    document: &'d Document,
    value: &'d Value,
    pointer: &str,
) -> Result<(&'d Value, String), String> {
    let (mut value, mut pointer) = (value, pointer.to_owned());
    let mut seen = HashSet::new();
    while let Some(Value::String(reference)) = value.get("$ref") {
        let shown = excerpt(reference);
        let Some(fragment) = reference.strip_prefix('#') else {
            return Err(format!("`{shown}` is in another document, which is not read"));
        };
        let fragment = unescaped(fragment);
        value = match document.root.pointer(&fragment) {
            Some(_) if !seen.insert(fragment.clone()) => return Err(format!("`{shown}` leads back to itself")),
            Some(value) => value,
            None => return Err(format!("`{shown}` names nothing in the document")),
        };
        pointer = fragment;
    }
    Ok((value, pointer))
}

/// The text of a URL's fragment.
fn unescaped(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while let Some(byte) = bytes.get(position) {
        let escape = fragment.get(position + 1..position + 3).filter(|_| *byte == b'%');
        match escape.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                position += 3;
            }
            None => {
                out.push(*byte);
                position += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
