use alloc::format;
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

impl Severity {
    /// The word for it in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
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

    /// The whole diagnostic: the message, and the help on a line of its own.
    #[must_use]
    pub fn report(&self) -> String {
        match &self.help {
            Some(help) => format!("{}\nhelp: {help}", self.message),
            None => self.message.clone(),
        }
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
            /// Where each code is explained.
            pub const PAGE: &str = "https://docs.rs/csp-core/latest/csp_core/findings/";

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
    /// A source that is an address: nobody vouches for who answers there.
    AddressSource "address-source" Note,
    /// `*`: every host of the network.
    AnyHost "any-host" Warning,
    /// `#[cfg(feature = "…")]` lets another crate widen the policy.
    CfgFeature "cfg-feature" Warning,
    /// A scheme of an application's own, which covers every URL of that scheme.
    CustomScheme "custom-scheme" Warning,
    /// A source whose path a browser cuts at `?` or `#`.
    CutSource "cut-source" Warning,
    /// A source that matches nothing.
    DeadSource "dead-source" Warning,
    /// A default port that is written out.
    DefaultPort "default-port" Warning,
    /// A directive that browsers have given up, or never took up.
    DeprecatedDirective "deprecated-directive" Warning,
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
    /// `data:`, `blob:` and their like: content that somebody else may have made.
    LocalScheme "local-scheme" Warning,
    /// `'strict-dynamic'` without a nonce or a hash: no script runs.
    LoneStrictDynamic "lone-strict-dynamic" Error,
    /// A header of more than 4 KiB.
    LongHeader "long-header" Warning,
    /// `base-uri` is missing: an injected `<base>` leads relative URLs, scripts among them, elsewhere.
    MissingBaseUri "missing-base-uri" Warning,
    /// `form-action` is missing, and falls back to nothing: forms may be sent anywhere.
    MissingFormAction "missing-form-action" Note,
    /// `frame-ancestors` is missing, and falls back to nothing: any site may frame the page.
    MissingFrameAncestors "missing-frame-ancestors" Note,
    /// Neither `object-src` nor `default-src` restricts plugins, which run scripts.
    MissingObjectSrc "missing-object-src" Error,
    /// Neither `script-src` nor `default-src` restricts scripts.
    MissingScriptSrc "missing-script-src" Error,
    /// `require-trusted-types-for` is missing: text can become script by the document's own methods.
    MissingTrustedTypes "missing-trusted-types" Note,
    /// A keyword, nonce or hash that has no effect in this directive.
    NoEffect "no-effect" Note,
    /// `'none'` beside other sources has no effect.
    NoneWithOthers "none-with-others" Warning,
    /// A way out of the page that no directive of the policy closes: data can leave by it.
    OpenChannel "open-channel" Note,
    /// A source with a path covers the origin that a call connects to, and a scan knows no paths.
    PathNotCompared "path-not-compared" Warning,
    /// A source that allows plain text on the network.
    PlainText "plain-text" Warning,
    /// A wildcard over a suffix below which anybody can register a name.
    PublicSuffix "public-suffix" Warning,
    /// A sandbox that its own scripts can take off.
    SandboxEscape "sandbox-escape" Warning,
    /// A whole scheme: every host.
    SchemeOnly "scheme-only" Warning,
    /// A source that another one covers.
    ShadowedSource "shadowed-source" Warning,
    /// A nonce of fewer than 128 bits can be guessed.
    ShortNonce "short-nonce" Warning,
    /// A directive that no browser knows.
    UnknownDirective "unknown-directive" Error,
    /// A call that a scan found, and whose origin it could not make out.
    UnresolvedUrl "unresolved-url" Warning,
    /// `'unsafe-eval'`: text becomes script.
    UnsafeEval "unsafe-eval" Warning,
    /// `'unsafe-hashes'`: a script that is allowed once can be put at any event.
    UnsafeHashes "unsafe-hashes" Note,
    /// `'unsafe-inline'`: an injected script runs.
    UnsafeInline "unsafe-inline" Error,
    /// `'unsafe-inline'` for styles: injected styles can read what is on the page.
    UnsafeInlineStyle "unsafe-inline-style" Note,
    /// A justification of nothing.
    UnusedInsecure "unused-insecure" Warning,
    /// A declared source that no call of the scanned front end uses.
    UnusedSource "unused-source" Warning,
    /// Scripts, plugins or `<base>` from any host.
    WideScripts "wide-scripts" Error,
}

impl fmt::Display for FindingCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
