use core::fmt;

use csp_core::{ConstText, Refusal, Remedy, Request, SuggestedSource, Target, contains, nearest_in};

use crate::Policy;
use crate::blocked::ATTRIBUTE;

/// A URL that a declaration covers, made by [`endpoint!`](macro@crate::endpoint) alone.
///
/// ```
/// use csp_runtime::{Endpoint, connect_src, endpoint};
///
/// connect_src! { static BACKEND = ["https://api.example.com"]; }
/// const USERS: Endpoint = endpoint!(BACKEND, "https://api.example.com/v1/users");
/// assert_eq!(USERS.to_url().path(), "/v1/users");
/// assert!(BACKEND.guard().check(USERS).is_ok());
/// ```
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
    let mut text = ConstText::new(&mut []);
    write_refusal(&mut text, policy, url);
    text.length()
}

/// Why a policy doesn't cover a canonical URL, in words; empty if it does.
#[doc(hidden)]
#[must_use]
pub const fn refusal<const LENGTH: usize>(policy: &Policy, url: &str) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    write_refusal(&mut ConstText::new(&mut bytes), policy, url);
    bytes
}

const fn write_refusal(text: &mut ConstText<'_>, policy: &Policy, url: &str) {
    let Some(target) = Target::canonical(url) else {
        text.push("endpoint `");
        text.push(url);
        text.push("` is not in its canonical spelling");
        return;
    };
    let request = Request::new(target);
    match policy.admit(&request) {
        Ok(()) => return,
        Err(_) if policy.has_mistakes() => return,
        Err(Refusal::HiddenSeparator) => {
            text.push("endpoint `");
            text.push(url);
            text.push("` has an encoded separator below a source with a path, which servers read in different ways");
            text.push("\n  help: write the path without it, or cover the whole host: \"");
            SuggestedSource::of_origin(&target).write(text);
            text.push("\"");
            return;
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
    if contains(policy.source_list(), "'self'") {
        text.push("\n  note: `self` covers nothing here: its origin isn't known at compile time");
    }
    match Remedy::find(policy.source_list(), &request) {
        Remedy::Encrypt(target) => {
            text.push("\n  help: call it by ");
            text.push(target.scheme().as_str());
            text.push(": \"");
            SuggestedSource::of_origin(&target).write(text);
            text.push(target.path());
            text.push(query(url));
            text.push("\"");
        }
        Remedy::Add(source) => {
            text.push("\n  help: add \"");
            source.write(text);
            text.push("\" to ");
            policy.write_place(text);
            if source.needs_attribute() {
                text.push(ATTRIBUTE);
            }
        }
        _ => {}
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
