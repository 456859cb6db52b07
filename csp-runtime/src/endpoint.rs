use core::fmt;

use csp_core::{Refusal, Request, Target, nearest_in};

use crate::Policy;
use crate::const_text::ConstText;

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
            return text;
        }
        Err(_) => {}
    }
    text.push("endpoint `");
    text.push(url);
    text.push("` is not covered by ");
    text.push(policy.name());
    if let Some((source, difference)) = nearest_in(policy.source_list(), &request) {
        text.push("\n  nearest: ");
        text.push(source);
        text.push(" (");
        text.push(difference.as_str());
        text.push(")");
    }
    text.push("\n  help: add \"");
    text.push(origin_of(url));
    text.push("\" to ");
    text.push(policy.name());
    text.push(" at ");
    text.push(policy.file());
    text.push(":");
    text.push_number(policy.line());
    text
}

/// Scheme, host and port of a canonical URL.
const fn origin_of(url: &str) -> &str {
    let bytes = url.as_bytes();
    let mut slashes = 0;
    let mut position = 0;
    while position < bytes.len() {
        match bytes[position] {
            b'/' if slashes == 2 => break,
            b'/' => slashes += 1,
            b'?' | b'#' => break,
            _ => {}
        }
        position += 1;
    }
    url.split_at(position).0
}
