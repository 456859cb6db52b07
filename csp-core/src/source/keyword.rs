use core::fmt;

use crate::ascii;

/// A `keyword-source`, such as `'self'`.
///
/// Only [`Keyword::SelfOrigin`] matches URLs; the others say something about scripts and styles and match nothing in
/// `connect-src`. `'none'` is no keyword of this kind: it stands for a whole list and is written as an empty
/// [`SourceList`](crate::SourceList).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Keyword {
    /// `'inline-speculation-rules'`
    InlineSpeculationRules,
    /// `'report-sample'`
    ReportSample,
    /// `'self'`: the origin of the page.
    SelfOrigin,
    /// `'strict-dynamic'`
    StrictDynamic,
    /// `'trusted-types-eval'`
    TrustedTypesEval,
    /// `'unsafe-allow-redirects'`
    UnsafeAllowRedirects,
    /// `'unsafe-eval'`
    UnsafeEval,
    /// `'unsafe-hashes'`
    UnsafeHashes,
    /// `'unsafe-inline'`
    UnsafeInline,
    /// `'wasm-unsafe-eval'`
    WasmUnsafeEval,
}

impl Keyword {
    /// Every keyword, in alphabetical order.
    pub const ALL: [Self; 10] = [
        Self::InlineSpeculationRules,
        Self::ReportSample,
        Self::SelfOrigin,
        Self::StrictDynamic,
        Self::TrustedTypesEval,
        Self::UnsafeAllowRedirects,
        Self::UnsafeEval,
        Self::UnsafeHashes,
        Self::UnsafeInline,
        Self::WasmUnsafeEval,
    ];

    /// The keyword as lists have it, in its quotes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InlineSpeculationRules => "'inline-speculation-rules'",
            Self::ReportSample => "'report-sample'",
            Self::SelfOrigin => "'self'",
            Self::StrictDynamic => "'strict-dynamic'",
            Self::TrustedTypesEval => "'trusted-types-eval'",
            Self::UnsafeAllowRedirects => "'unsafe-allow-redirects'",
            Self::UnsafeEval => "'unsafe-eval'",
            Self::UnsafeHashes => "'unsafe-hashes'",
            Self::UnsafeInline => "'unsafe-inline'",
            Self::WasmUnsafeEval => "'wasm-unsafe-eval'",
        }
    }

    /// The keyword without its quotes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        let quoted = self.as_str();
        quoted.split_at(quoted.len() - 1).0.split_at(1).1
    }

    /// The keyword of that name, in any case; `name` has no quotes.
    #[must_use]
    pub const fn from_name(name: &str) -> Option<Self> {
        let mut index = 0;
        while index < Self::ALL.len() {
            if ascii::eq_ignore_case(Self::ALL[index].name().as_bytes(), name.as_bytes()) {
                return Some(Self::ALL[index]);
            }
            index += 1;
        }
        None
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A `nonce-source`: `'nonce-…'`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonceSource<'a> {
    value: &'a str,
}

impl<'a> NonceSource<'a> {
    /// Reads what stands between the quotes, `nonce-…`; the prefix in any case.
    pub(crate) const fn parse(text: &'a str) -> Option<Self> {
        match strip_prefix_ignore_case(text, "nonce-") {
            Some(value) if is_base64_value(value) => Some(Self { value }),
            _ => None,
        }
    }

    /// The nonce itself.
    #[must_use]
    pub const fn value(self) -> &'a str {
        self.value
    }
}

impl fmt::Display for NonceSource<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "'nonce-{}'", self.value)
    }
}

/// A `hash-algorithm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HashAlgorithm {
    /// `sha256`
    Sha256,
    /// `sha384`
    Sha384,
    /// `sha512`
    Sha512,
}

impl HashAlgorithm {
    const ALL: [Self; 3] = [Self::Sha256, Self::Sha384, Self::Sha512];

    /// The algorithm's name as policies write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }
}

/// A `hash-source`: `'sha256-…'`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashSource<'a> {
    algorithm: HashAlgorithm,
    value: &'a str,
}

impl<'a> HashSource<'a> {
    /// Reads what stands between the quotes, `sha256-…`; the prefix in any case.
    pub(crate) const fn parse(text: &'a str) -> Option<Self> {
        let mut index = 0;
        while index < HashAlgorithm::ALL.len() {
            let algorithm = HashAlgorithm::ALL[index];
            if let Some(rest) = strip_prefix_ignore_case(text, algorithm.name())
                && let Some(value) = strip_prefix_ignore_case(rest, "-")
                && is_base64_value(value)
            {
                return Some(Self { algorithm, value });
            }
            index += 1;
        }
        None
    }

    /// The algorithm.
    #[must_use]
    pub const fn algorithm(self) -> HashAlgorithm {
        self.algorithm
    }

    /// The digest in base64 or base64url.
    #[must_use]
    pub const fn value(self) -> &'a str {
        self.value
    }
}

impl fmt::Display for HashSource<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "'{}-{}'", self.algorithm.name(), self.value)
    }
}

const fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    match text.split_at_checked(prefix.len()) {
        Some((head, rest)) if ascii::eq_ignore_case(head.as_bytes(), prefix.as_bytes()) => Some(rest),
        _ => None,
    }
}

/// `base64-value`: one or more of the two alphabets, then at most two `=`.
const fn is_base64_value(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut body = bytes.len();
    while body > 0 && bytes[body - 1] == b'=' {
        body -= 1;
    }
    let mut index = 0;
    while index < body {
        if !(bytes[index].is_ascii_alphanumeric() || matches!(bytes[index], b'+' | b'/' | b'-' | b'_')) {
            return false;
        }
        index += 1;
    }
    body > 0 && bytes.len() - body <= 2
}
