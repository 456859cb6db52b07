use core::fmt;

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

    /// The keyword without its quotes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InlineSpeculationRules => "inline-speculation-rules",
            Self::ReportSample => "report-sample",
            Self::SelfOrigin => "self",
            Self::StrictDynamic => "strict-dynamic",
            Self::TrustedTypesEval => "trusted-types-eval",
            Self::UnsafeAllowRedirects => "unsafe-allow-redirects",
            Self::UnsafeEval => "unsafe-eval",
            Self::UnsafeHashes => "unsafe-hashes",
            Self::UnsafeInline => "unsafe-inline",
            Self::WasmUnsafeEval => "wasm-unsafe-eval",
        }
    }

    /// The keyword of that name, in any case; `name` has no quotes.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|keyword| keyword.name().eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Keyword {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "'{}'", self.name())
    }
}

/// A `nonce-source`: `'nonce-…'`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NonceSource<'a> {
    value: &'a str,
}

impl<'a> NonceSource<'a> {
    /// Reads what stands between the quotes, `nonce-…`; the prefix in any case.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let value = strip_prefix_ignore_case(text, "nonce-")?;
        is_base64_value(value).then_some(Self { value })
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
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        HashAlgorithm::ALL.into_iter().find_map(|algorithm| {
            let value = strip_prefix_ignore_case(text, algorithm.name())?.strip_prefix('-')?;
            is_base64_value(value).then_some(Self { algorithm, value })
        })
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

fn strip_prefix_ignore_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// `base64-value`: one or more of the two alphabets, then at most two `=`.
fn is_base64_value(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    !body.is_empty()
        && text.len() - body.len() <= 2
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_'))
}
