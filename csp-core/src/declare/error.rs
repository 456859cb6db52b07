use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::ops::Range;

use super::mistake::Mistake;
use crate::suggest;

macro_rules! source_error_kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident $id:literal,)+) => {
        /// What is wrong with a declared source. The id of a kind is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum SourceErrorKind {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl SourceErrorKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The kind's stable id, such as `missing-scheme`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }
        }
    };
}

source_error_kinds! {
    /// `https:\\api.example.com`
    Backslash "backslash",
    /// A blank at the beginning or the end.
    Blank "blank",
    /// `https//api.example.com`
    ColonMissing "colon-missing",
    /// `https://a.example,https://b.example`
    Comma "comma",
    /// A control character, NUL among them.
    ControlCharacter "control-character",
    /// `'sha256-AAAA'`
    DigestLength "digest-length",
    /// `connect-src https://api.example.com` as a source.
    DirectiveName "directive-name",
    /// `/v1/../admin`
    DotSegment "dot-segment",
    /// The same source twice.
    Duplicate "duplicate",
    /// The empty string.
    Empty "empty",
    /// `https://a..example`
    EmptyLabel "empty-label",
    /// `https://api.example.com:`
    EmptyPort "empty-port",
    /// `https://api.example.com//v1`
    EmptySegment "empty-segment",
    /// An encoded slash or backslash in a path.
    EncodedSeparator "encoded-separator",
    /// `'nonce-abc'`, which would be the same for every response.
    FixedNonce "fixed-nonce",
    /// `https://api.example.com/#top`
    Fragment "fragment",
    /// A character that no host name has.
    HostCharacter "host-character",
    /// `https://`
    HostMissing "host-missing",
    /// A host or label that is longer than DNS has them.
    HostTooLong "host-too-long",
    /// `http:`, `ws:` or a loopback host without `#[cfg]` or `#[insecure]`.
    Insecure "insecure",
    /// `http://256.1.1.1`
    InvalidIpv4 "invalid-ipv4",
    /// A zero-width or direction-changing character.
    InvisibleCharacter "invisible-character",
    /// `https://[::1]`
    Ipv6 "ipv6",
    /// `'unsafe-inline'` where only URLs are matched.
    KeywordWithoutEffect "keyword-without-effect",
    /// `https://api.example.com:0443`
    LeadingZeroPort "leading-zero-port",
    /// A line break.
    LineBreak "line-break",
    /// `api.example.com`
    MissingScheme "missing-scheme",
    /// `https:/api.example.com`
    MissingSlash "missing-slash",
    /// Two sources in one string.
    MultipleSources "multiple-sources",
    /// `http://127.1`
    NonCanonicalIpv4 "non-canonical-ipv4",
    /// `https://bücher.example`
    NonAsciiHost "non-ascii-host",
    /// `https://api.example.com/é`
    NonAsciiPath "non-ascii-path",
    /// `'none'` beside other sources.
    NoneWithOthers "none-with-others",
    /// `https://api*.example.com`
    PartialWildcard "partial-wildcard",
    /// A character that must be percent-encoded in a path.
    PathCharacter "path-character",
    /// `https://*/v1`
    PathOnAnyHost "path-on-any-host",
    /// `/%zz`
    PercentEncoding "percent-encoding",
    /// `https://api.example.com:80a`
    PortCharacter "port-character",
    /// `https://api.example.com:99999`
    PortOutOfRange "port-out-of-range",
    /// `https://api.example.com/?q`
    Query "query",
    /// `/v1/users`
    RelativeReference "relative-reference",
    /// A semicolon.
    Semicolon "semicolon",
    /// `“self”`
    SmartQuote "smart-quote",
    /// `https://api.example.com.`
    TrailingDot "trailing-dot",
    /// `'self`
    UnbalancedQuote "unbalanced-quote",
    /// `https://api_1.example.com`
    Underscore "underscore",
    /// `'slef'`
    UnknownKeyword "unknown-keyword",
    /// `htps://api.example.com`
    UnknownScheme "unknown-scheme",
    /// The string `self`.
    UnquotedKeyword "unquoted-keyword",
    /// `ftp://…`, `file:`, `javascript:`
    UnsupportedScheme "unsupported-scheme",
    /// `HTTPS://API.example.com`
    Uppercase "uppercase",
    /// `https://user:pass@api.example.com`
    Userinfo "userinfo",
    /// `https://a.*.example`
    WildcardPosition "wildcard-position",
}

/// Why a text is not admitted as a source of a declaration: what is wrong, where, and what to write.
///
/// [`Display`](fmt::Display) is one line, [`report`](Self::report) adds the text with a caret and the help:
///
/// ```
/// use csp_core::SourceExpression;
///
/// let error = SourceExpression::declare("api.example.com").unwrap_err();
/// assert_eq!(error.to_string(), "source `api.example.com` has no scheme");
/// assert_eq!(error.help().unwrap(), "write \"https://api.example.com\" (and \"wss://api.example.com\" if it is also used for WebSockets)");
/// assert_eq!(error.report(), "\
/// source `api.example.com` has no scheme
/// api.example.com
/// ^ browsers read a scheme-less source differently on http and https pages, and it never covers wss
/// help: write \"https://api.example.com\" (and \"wss://api.example.com\" if it is also used for WebSockets)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    kind: SourceErrorKind,
    text: String,
    range: Range<usize>,
    headline: String,
    reason: String,
    help: Option<String>,
}

impl SourceError {
    /// `headline` is what follows the quoted text; `range` are bytes of `text`.
    pub(super) fn new(text: &str, mistake: Mistake, help: Option<String>) -> Self {
        let Mistake { kind, range, headline, reason, .. } = mistake;
        Self { kind, text: text.to_owned(), range, headline, reason, help }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> SourceErrorKind {
        self.kind
    }

    /// The text that was refused.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in the text, in bytes.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Why it matters.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// What to write instead, as an imperative.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        self.help.clone()
    }

    /// The whole diagnostic, several lines: what is wrong, the text, a caret with the reason, the help.
    #[must_use]
    pub fn report(&self) -> String {
        report(&self.to_string(), &self.text, &self.range, &self.reason, self.help.as_deref())
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "source `{}` {}", suggest::excerpt(&self.text), self.headline)
    }
}

impl core::error::Error for SourceError {}

/// Headline, text, caret line and help.
pub(crate) fn report(headline: &str, text: &str, range: &Range<usize>, reason: &str, help: Option<&str>) -> String {
    let (line, column, width) = marked_line(text, range);
    let mut out = headline.to_string();
    if !line.is_empty() {
        out += &format!("\n{line}");
    }
    out += &format!("\n{:column$}{} {reason}", "", "^".repeat(width));
    if let Some(help) = help {
        out += &format!("\nhelp: {help}");
    }
    out
}

/// The text with escapes, cut around the range so that it fits a line, and where the range lies in it.
fn marked_line(text: &str, range: &Range<usize>) -> (String, usize, usize) {
    const LEAD: usize = suggest::EXCERPT_LENGTH / 2;
    let mut line = String::new();
    let mut length = 0;
    let mut marks: Option<Range<usize>> = None;
    let before = text[..range.start].chars().count();
    let skipped = before.saturating_sub(LEAD);
    if skipped > 0 {
        line.push('…');
        length = 1;
    }
    for (shown, (position, character)) in text.char_indices().skip(skipped).enumerate() {
        if shown == suggest::EXCERPT_LENGTH {
            line.push('…');
            break;
        }
        let start = length;
        let bytes = line.len();
        suggest::push_visible(&mut line, character);
        length += line[bytes..].chars().count();
        // An empty range marks the character that it stands before.
        if position == range.start || range.contains(&position) {
            marks = Some(marks.map_or(start, |marks| marks.start)..length);
        }
    }
    let marks = marks.unwrap_or(length..length + 1);
    (line, marks.start, marks.len().max(1))
}
