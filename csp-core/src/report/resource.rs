//! What a report says was blocked.

use alloc::string::String;
use core::fmt;

use url::Url;

use super::redact::clean;
use crate::{Origin, Target};

/// The words that stand for something other than a URL ([CSP3, 2.4.2](https://www.w3.org/TR/CSP3/#violation-resource)),
/// and `self`, as old Firefox calls inline code.
const WORDS: [&str; 6] = ["eval", "inline", "self", "trusted-types-policy", "trusted-types-sink", "wasm-eval"];

/// What a report says was blocked.
///
/// ```
/// use csp_core::report::Resource;
///
/// assert_eq!(Resource::of("inline"), Resource::Word("inline"));
/// assert_eq!(Resource::of("data"), Resource::Scheme("data".to_owned()));
/// assert_eq!(Resource::of("https://stream.exmple.com/news?key=1").to_string(), "https://stream.exmple.com");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Resource {
    /// Nothing is said.
    Empty,
    /// A URL with a host.
    Url(Url),
    /// A scheme and nothing else, or a URL without a host, which is its own content: `data`, `blob:…`.
    Scheme(String),
    /// A word such as `inline`.
    Word(&'static str),
    /// No URL and no known word.
    Unknown(String),
}

impl Resource {
    /// Reads the text of a report.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.trim_matches(|character: char| character.is_ascii_whitespace());
        if text.is_empty() {
            return Self::Empty;
        }
        if let Some(word) = WORDS.iter().find(|word| word.eq_ignore_ascii_case(text)) {
            return Self::Word(word);
        }
        let scheme = text.strip_suffix("://").or_else(|| text.strip_suffix(':')).unwrap_or(text);
        if is_scheme(scheme) {
            return Self::Scheme(scheme.to_ascii_lowercase());
        }
        match Url::parse(text) {
            Ok(url) if url.has_host() => Self::Url(url),
            Ok(url) => Self::Scheme(url.scheme().into()),
            Err(_) => Self::Unknown(clean(text)),
        }
    }

    /// The scheme, where there is one.
    #[must_use]
    pub fn scheme(&self) -> Option<&str> {
        match self {
            Self::Url(url) => Some(url.scheme()),
            Self::Scheme(scheme) => Some(scheme),
            _ => None,
        }
    }
}

/// The origin of a URL; whatever else it is in a word. Nothing that may be a secret.
impl fmt::Display for Resource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Url(url) => match Origin::of(&Target::from(url)) {
                Some(origin) => origin.fmt(out),
                None => write!(out, "{}://{}", url.scheme(), clean(url.host_str().unwrap_or_default())),
            },
            Self::Scheme(scheme) => write!(out, "{scheme}:"),
            Self::Word(word) => out.write_str(word),
            Self::Unknown(text) => out.write_str(text),
        }
    }
}

/// `scheme` of [RFC 3986, 3.1](https://www.rfc-editor.org/rfc/rfc3986#section-3.1), without the dot that tells a host.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'))
}
