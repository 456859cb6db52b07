use core::fmt;

use crate::SourceList;

macro_rules! directive_names {
    ($($variant:ident $text:literal,)+) => {
        /// The name of a directive. Names are equal but for case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum DirectiveName {
            $(#[doc = concat!("`", $text, "`")] $variant,)+
        }

        impl DirectiveName {
            /// Every directive of the specification and of the ones that browsers added to it, in alphabetical order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in its canonical spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}

directive_names! {
    BaseUri "base-uri",
    BlockAllMixedContent "block-all-mixed-content",
    ChildSrc "child-src",
    ConnectSrc "connect-src",
    DefaultSrc "default-src",
    FencedFrameSrc "fenced-frame-src",
    FontSrc "font-src",
    FormAction "form-action",
    FrameAncestors "frame-ancestors",
    FrameSrc "frame-src",
    ImgSrc "img-src",
    ManifestSrc "manifest-src",
    MediaSrc "media-src",
    NavigateTo "navigate-to",
    ObjectSrc "object-src",
    PluginTypes "plugin-types",
    PrefetchSrc "prefetch-src",
    ReportTo "report-to",
    ReportUri "report-uri",
    RequireTrustedTypesFor "require-trusted-types-for",
    Sandbox "sandbox",
    ScriptSrc "script-src",
    ScriptSrcAttr "script-src-attr",
    ScriptSrcElem "script-src-elem",
    StyleSrc "style-src",
    StyleSrcAttr "style-src-attr",
    StyleSrcElem "style-src-elem",
    TrustedTypes "trusted-types",
    UpgradeInsecureRequests "upgrade-insecure-requests",
    Webrtc "webrtc",
    WorkerSrc "worker-src",
}

impl DirectiveName {
    /// The directive of that name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether the directive's value is a source list.
    #[must_use]
    pub const fn has_source_list(self) -> bool {
        !matches!(
            self,
            Self::BlockAllMixedContent
                | Self::PluginTypes
                | Self::ReportTo
                | Self::ReportUri
                | Self::RequireTrustedTypesFor
                | Self::Sandbox
                | Self::TrustedTypes
                | Self::UpgradeInsecureRequests
                | Self::Webrtc
        )
    }
}

impl fmt::Display for DirectiveName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A directive: a name and a value ([CSP3, 2.3](https://www.w3.org/TR/CSP3/#framework-directives)).
///
/// ```
/// use csp_core::{DirectiveName, Policy};
///
/// let policy = Policy::parse("img-src https: 'self'; sandbox allow-scripts");
/// let images = policy.directive(DirectiveName::ImgSrc).unwrap();
/// assert!(images.sources().unwrap().has_self());
/// assert!(policy.directive(DirectiveName::Sandbox).unwrap().sources().is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive<'a> {
    /// The name.
    pub name: DirectiveName,
    /// The value, read as the name asks for.
    pub value: DirectiveValue<'a>,
}

/// The value of a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DirectiveValue<'a> {
    /// Of the directives that have one: a source list.
    Sources(SourceList<'a>),
    /// Of all others: the text, without leading and trailing blanks.
    Text(&'a str),
}

impl<'a> Directive<'a> {
    /// The source list, where the directive has one.
    #[must_use]
    pub const fn sources(&self) -> Option<&SourceList<'a>> {
        match &self.value {
            DirectiveValue::Sources(sources) => Some(sources),
            DirectiveValue::Text(_) => None,
        }
    }
}

impl fmt::Display for Directive<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(out)?;
        match &self.value {
            DirectiveValue::Sources(sources) => write!(out, " {sources}"),
            DirectiveValue::Text("") => Ok(()),
            DirectiveValue::Text(text) => write!(out, " {text}"),
        }
    }
}
