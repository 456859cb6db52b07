use alloc::string::String;
use core::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Good to know.
    Note,
    /// Legal, and probably not what was meant or not safe.
    Warning,
    /// Something that was meant to protect does not.
    Error,
}

/// Advice about a text that is legal, or that a browser accepts in its way: what it says, and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding<'a> {
    /// What kind of finding.
    pub code: FindingCode,
    /// The text that it is about, a part of the input.
    pub text: &'a str,
    /// What is wrong and why it matters.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

impl Finding<'_> {
    /// How much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

macro_rules! finding_codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $text:literal $severity:ident,)+) => {
        /// The kinds of findings. The text of a code is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FindingCode {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl FindingCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code's text, such as `dead-source`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// How much it matters.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }
        }
    };
}

finding_codes! {
    /// `*`: every host of the network.
    AnyHost "any-host" Warning,
    /// `#[cfg(feature = "…")]` lets another crate widen the policy.
    CfgFeature "cfg-feature" Warning,
    /// A source whose path a browser cuts at `?` or `#`.
    CutSource "cut-source" Warning,
    /// A scheme of an application's own, which covers every URL of that scheme.
    CustomScheme "custom-scheme" Warning,
    /// A source that matches nothing.
    DeadSource "dead-source" Warning,
    /// A default port that is written out.
    DefaultPort "default-port" Warning,
    /// A directive that a browser drops, so that it restricts nothing.
    DroppedDirective "dropped-directive" Error,
    /// The second directive of a name, which is ignored.
    DuplicateDirective "duplicate-directive" Warning,
    /// A list of sources without a source.
    EmptyList "empty-list" Warning,
    /// A path that covers one URL where everything below it was probably meant.
    ExactPath "exact-path" Warning,
    /// `*` in a path is a literal asterisk.
    LiteralAsterisk "literal-asterisk" Warning,
    /// A header of more than 4 KiB.
    LongHeader "long-header" Warning,
    /// `data:`, `blob:` and their like: content that somebody else may have made.
    LocalScheme "local-scheme" Warning,
    /// A keyword, nonce or hash that has no effect in this directive.
    NoEffect "no-effect" Note,
    /// `'none'` beside other sources has no effect.
    NoneWithOthers "none-with-others" Warning,
    /// A wildcard over a suffix below which anybody can register a name.
    PublicSuffix "public-suffix" Warning,
    /// A whole scheme: every host.
    SchemeOnly "scheme-only" Warning,
    /// A source that another one covers.
    ShadowedSource "shadowed-source" Warning,
    /// A directive that no browser knows.
    UnknownDirective "unknown-directive" Error,
    /// A justification of nothing.
    UnusedInsecure "unused-insecure" Warning,
}

impl fmt::Display for FindingCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
