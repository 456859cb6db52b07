use core::fmt;

use csp_core::{Difference, Refusal, Request, Target, Tokens, nearest_in};

use crate::Policy;
use crate::const_text::ConstText;
use crate::remedy::{ATTRIBUTE, directory, encrypted, escape, needs_attribute};

/// A URL that a declaration covers, made by [`endpoint!`](crate::endpoint) alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Endpoint {
    url: &'static str,
}

impl Endpoint {
    /// The URL as written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.url
    }

    /// The URL, parsed.
    ///
    /// # Panics
    ///
    /// Never: the text is canonical, which every URL parser reads.
    #[cfg(feature = "url")]
    #[must_use]
    #[expect(clippy::expect_used, reason = "the macro admits canonical text only")]
    pub fn to_url(self) -> url::Url {
        url::Url::parse(self.url).expect("canonical text parses")
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.url)
    }
}

impl AsRef<str> for Endpoint {
    fn as_ref(&self) -> &str {
        self.url
    }
}

/// The macro has evaluated [`refusal`] before.
#[doc(hidden)]
#[must_use]
pub const fn endpoint(url: &'static str) -> Endpoint {
    Endpoint { url }
}

/// The length of [`refusal`].
#[doc(hidden)]
#[must_use]
pub const fn refusal_length(policy: &Policy, url: &str) -> usize {
    write_refusal::<0>(policy, url).length()
}

/// Why a policy doesn't cover a canonical URL, in words; empty if it does.
#[doc(hidden)]
#[must_use]
pub const fn refusal<const LENGTH: usize>(policy: &Policy, url: &str) -> [u8; LENGTH] {
    write_refusal::<LENGTH>(policy, url).into_bytes()
}

const fn write_refusal<const LENGTH: usize>(policy: &Policy, url: &str) -> ConstText<LENGTH> {
    let mut text = ConstText::new();
    let Some(target) = Target::canonical(url) else {
        text.push("endpoint `");
        text.push(url);
        text.push("` is not in its canonical spelling");
        return text;
    };
    let request = Request::new(target);
    match policy.table().admit(&request) {
        Ok(()) => return text,
        Err(Refusal::HiddenSeparator) => {
            text.push("endpoint `");
            text.push(url);
            text.push("` has an encoded separator below a source with a path, which servers read in different ways");
            text.push("\n  help: write the path without it, or cover the whole host: \"");
            push_origin(&mut text, &target);
            text.push("\"");
            return text;
        }
        Err(_) => {}
    }
    text.push("endpoint `");
    text.push(url);
    text.push("` is not covered by ");
    text.push(policy.name());
    let nearest = nearest_in(policy.source_list(), &request);
    if let Some((source, difference)) = nearest {
        text.push("\n  nearest: ");
        text.push(source);
        text.push(" (");
        text.push(difference.as_str());
        text.push(")");
    }
    if has_self(policy.source_list()) {
        text.push("\n  note: `self` covers nothing here: its origin isn't known at compile time");
    }
    if let Some(encrypted) = encrypted(&target)
        && is_covered(policy, encrypted)
    {
        text.push("\n  help: call it by ");
        text.push(encrypted.scheme().as_str());
        text.push(": \"");
        push_origin(&mut text, &encrypted);
        text.push(encrypted.path());
        text.push(query(url));
        text.push("\"");
        return text;
    }
    text.push("\n  help: add \"");
    push_origin(&mut text, &target);
    if let Some((_, Difference::Path)) = nearest {
        push_path(&mut text, directory(target.path()));
    }
    text.push("\" to ");
    text.push(policy.name());
    text.push(" at ");
    text.push(policy.file());
    text.push(":");
    text.push_number(policy.line());
    if needs_attribute(&target) {
        text.push(ATTRIBUTE);
    }
    text
}

/// Whether a source covers the target, or all of it but the path.
const fn is_covered(policy: &Policy, target: Target<'_>) -> bool {
    let request = Request::new(target);
    policy.table().admit(&request).is_ok()
        || matches!(nearest_in(policy.source_list(), &request), Some((_, Difference::Path)))
}

const fn has_self(list: &str) -> bool {
    let mut tokens = Tokens::new(list);
    while let Some(token) = tokens.next_token() {
        if matches!(token.as_bytes(), b"'self'") {
            return true;
        }
    }
    false
}

/// Scheme, host and port.
const fn push_origin<const LENGTH: usize>(text: &mut ConstText<LENGTH>, target: &Target<'_>) {
    text.push(target.scheme().as_str());
    text.push("://");
    text.push(target.host());
    if let Some(port) = target.port() {
        text.push(":");
        text.push_number(port as u32);
    }
}

/// A path as a source writes it.
const fn push_path<const LENGTH: usize>(text: &mut ConstText<LENGTH>, path: &str) {
    let mut position = 0;
    while position < path.len() {
        match escape(path.as_bytes()[position]) {
            Some(escape) => text.push(escape),
            None => text.push(path.split_at(position).1.split_at(1).0),
        }
        position += 1;
    }
}

/// Query and fragment of a canonical URL.
const fn query(url: &str) -> &str {
    let mut position = 0;
    while position < url.len() && !matches!(url.as_bytes()[position], b'?' | b'#') {
        position += 1;
    }
    url.split_at(position).1
}
