//! What to say about a call that no source covers, in const evaluation too.

use super::coverage::target_of;
use crate::address::is_loopback;
use crate::{ConstText, HostSource, Request, SchemePart, SourceExpression, nearest_in};

/// Writes why a call fails the build: where it is, what nobody declared, and the line to add.
///
/// `call` is the function that connects, `place` where it is called, `list` the text of the sources that count.
#[doc(hidden)]
pub const fn write_uncovered(text: &mut ConstText<'_>, call: &str, place: &str, origin: &str, name: &str, list: &str) {
    text.push("`");
    text.push(call);
    text.push("` at ");
    text.push(place);
    text.push(" connects to `");
    text.push(origin);
    text.push("`, which ");
    text.push(name);
    text.push(" doesn't cover\nthe browser will block this call");
    match SourceExpression::parse(origin) {
        Some(SourceExpression::Keyword(_)) => text.push(": it goes to the page's own origin"),
        Some(SourceExpression::Host(host @ HostSource { scheme: Some(scheme), .. })) => {
            if let Some((source, difference)) = nearest_in(list, &Request::new(target_of(origin, scheme, &host))) {
                text.push(" (nearest: ");
                text.push(source);
                text.push(", ");
                text.push(difference.as_str());
                text.push(")");
            }
        }
        _ => {}
    }
    text.push("\nhelp: add to ");
    text.push(name);
    text.push(": ");
    write_entry(text, origin);
}

/// Writes the entry of a declaration that covers an origin that a call connects to, with the attribute that it needs.
#[doc(hidden)]
pub const fn write_entry(text: &mut ConstText<'_>, origin: &str) {
    match SourceExpression::parse(origin) {
        Some(SourceExpression::Keyword(_)) => {
            text.push("self,");
            return;
        }
        Some(SourceExpression::Host(host @ HostSource { scheme: Some(scheme), .. })) => {
            if is_loopback(target_of(origin, scheme, &host).host.as_bytes()) {
                text.push("#[cfg(debug_assertions)] ");
            } else if matches!(scheme, SchemePart::Http | SchemePart::Ws) {
                text.push("#[insecure(reason = \"…\")] ");
            }
        }
        _ => {}
    }
    text.push("\"");
    text.push(origin);
    text.push("\",");
}
