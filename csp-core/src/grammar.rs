//! What stands in the value of each directive.

use crate::{DirectiveName, Keyword};

/// The grammar of a directive's value, and what of it has an effect there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueGrammar {
    /// `ancestor-source-list`: hosts, schemes, `'self'`
    /// ([CSP3, 6.4.2](https://www.w3.org/TR/CSP3/#directive-frame-ancestors)).
    AncestorSourceList,
    /// One name of `Reporting-Endpoints` ([6.5.2](https://www.w3.org/TR/CSP3/#directive-report-to)).
    EndpointName,
    /// MIME types; no browser reads them any more.
    MediaTypes,
    /// Nothing.
    Nothing,
    /// Words that give back what a sandbox takes ([6.3.2](https://www.w3.org/TR/CSP3/#directive-sandbox)).
    SandboxFlags,
    /// A source list ([2.3.1](https://www.w3.org/TR/CSP3/#framework-directive-source-list)).
    SourceList(SourceListGrammar),
    /// `'script'` ([Trusted Types](https://www.w3.org/TR/trusted-types/#require-trusted-types-for-csp-directive)).
    TrustedTypesSinks,
    /// Names of policies, `'allow-duplicates'`, `'none'`, `*`
    /// ([Trusted Types](https://www.w3.org/TR/trusted-types/#trusted-types-csp-directive)).
    TrustedTypesPolicies,
    /// URLs ([6.5.1](https://www.w3.org/TR/CSP3/#directive-report-uri)).
    UriReferences,
    /// `'allow'` or `'block'` ([6.1.18](https://www.w3.org/TR/CSP3/#directive-webrtc)).
    WebrtcRule,
}

/// What has an effect in a directive's source list. Hosts, schemes and `'self'` do, unless `urls` says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceListGrammar {
    /// The keywords beside `'self'`.
    pub keywords: &'static [Keyword],
    /// Whether URLs are matched: hosts, schemes and `'self'`.
    pub urls: bool,
    /// Nonces and hashes.
    pub inline: bool,
    /// What is loaded by `ws:` and `wss:`.
    pub websockets: bool,
}

/// Of a directive that only matches URLs.
const URLS: SourceListGrammar = SourceListGrammar { keywords: &[], urls: true, inline: false, websockets: false };

const SCRIPTS: &[Keyword] = &[
    Keyword::InlineSpeculationRules,
    Keyword::ReportSample,
    Keyword::StrictDynamic,
    Keyword::TrustedTypesEval,
    Keyword::UnsafeEval,
    Keyword::UnsafeHashes,
    Keyword::UnsafeInline,
    Keyword::WasmUnsafeEval,
];

const SCRIPT_ELEMENTS: &[Keyword] =
    &[Keyword::InlineSpeculationRules, Keyword::ReportSample, Keyword::StrictDynamic, Keyword::UnsafeInline];

/// Of event handlers and `style` attributes.
const ATTRIBUTES: &[Keyword] = &[Keyword::ReportSample, Keyword::UnsafeHashes, Keyword::UnsafeInline];

const STYLE_ELEMENTS: &[Keyword] = &[Keyword::ReportSample, Keyword::UnsafeInline];

impl DirectiveName {
    /// What stands in the directive's value.
    #[must_use]
    pub const fn grammar(self) -> ValueGrammar {
        let list = match self {
            Self::BlockAllMixedContent | Self::UpgradeInsecureRequests => return ValueGrammar::Nothing,
            Self::FrameAncestors => return ValueGrammar::AncestorSourceList,
            Self::PluginTypes => return ValueGrammar::MediaTypes,
            Self::ReportTo => return ValueGrammar::EndpointName,
            Self::ReportUri => return ValueGrammar::UriReferences,
            Self::RequireTrustedTypesFor => return ValueGrammar::TrustedTypesSinks,
            Self::Sandbox => return ValueGrammar::SandboxFlags,
            Self::TrustedTypes => return ValueGrammar::TrustedTypesPolicies,
            Self::Webrtc => return ValueGrammar::WebrtcRule,
            Self::ConnectSrc => SourceListGrammar { websockets: true, ..URLS },
            // What it stands in for may be any of the others.
            Self::DefaultSrc => SourceListGrammar { keywords: SCRIPTS, inline: true, websockets: true, ..URLS },
            Self::NavigateTo => SourceListGrammar { keywords: &[Keyword::UnsafeAllowRedirects], ..URLS },
            Self::ScriptSrc => SourceListGrammar { keywords: SCRIPTS, inline: true, ..URLS },
            Self::ScriptSrcElem => SourceListGrammar { keywords: SCRIPT_ELEMENTS, inline: true, ..URLS },
            Self::StyleSrc => SourceListGrammar { keywords: ATTRIBUTES, inline: true, ..URLS },
            Self::StyleSrcElem => SourceListGrammar { keywords: STYLE_ELEMENTS, inline: true, ..URLS },
            // Nothing there has a URL; a hash counts with 'unsafe-hashes'.
            Self::ScriptSrcAttr | Self::StyleSrcAttr => {
                SourceListGrammar { keywords: ATTRIBUTES, urls: false, inline: true, websockets: false }
            }
            Self::BaseUri
            | Self::ChildSrc
            | Self::FencedFrameSrc
            | Self::FontSrc
            | Self::FormAction
            | Self::FrameSrc
            | Self::ImgSrc
            | Self::ManifestSrc
            | Self::MediaSrc
            | Self::ObjectSrc
            | Self::PrefetchSrc
            | Self::WorkerSrc => URLS,
        };
        ValueGrammar::SourceList(list)
    }

    /// What has an effect in the directive's list; where it has none of its own kind, what has in a list of URLs.
    pub(crate) const fn source_list(self) -> SourceListGrammar {
        match self.grammar() {
            ValueGrammar::SourceList(grammar) => grammar,
            _ => URLS,
        }
    }

    /// Whether nonces and hashes have an effect: the directive governs scripts or styles.
    #[must_use]
    pub const fn has_inline_sources(self) -> bool {
        self.source_list().inline
    }

    /// Whether the directive decides which scripts run.
    #[must_use]
    pub const fn runs_scripts(self) -> bool {
        matches!(self, Self::DefaultSrc | Self::ScriptSrc | Self::ScriptSrcAttr | Self::ScriptSrcElem)
    }

    /// What to do instead of a directive that browsers have given up, or never took up.
    #[must_use]
    pub const fn deprecation(self) -> Option<&'static str> {
        match self {
            Self::BlockAllMixedContent => {
                Some("browsers block mixed content by themselves; upgrade-insecure-requests mends it")
            }
            Self::NavigateTo => {
                Some("it was taken out of the specification, and no browser reads it; form-action is what there is")
            }
            Self::PluginTypes => {
                Some("it was taken out of the specification with the plugins; write object-src 'none'")
            }
            Self::PrefetchSrc => Some("it was taken out of the specification; prefetches fall to default-src"),
            Self::Webrtc => Some("no browser reads it: connections by WebRTC are not stopped"),
            _ => None,
        }
    }

    /// The directives that are asked where this one is missing, in their order
    /// ([CSP3, 6.8.3](https://www.w3.org/TR/CSP3/#directive-fallback-list)).
    #[must_use]
    pub const fn fallbacks(self) -> &'static [Self] {
        match self {
            Self::ScriptSrcElem | Self::ScriptSrcAttr => &[Self::ScriptSrc, Self::DefaultSrc],
            Self::StyleSrcElem | Self::StyleSrcAttr => &[Self::StyleSrc, Self::DefaultSrc],
            Self::WorkerSrc => &[Self::ChildSrc, Self::ScriptSrc, Self::DefaultSrc],
            Self::FencedFrameSrc => &[Self::FrameSrc, Self::ChildSrc, Self::DefaultSrc],
            Self::FrameSrc => &[Self::ChildSrc, Self::DefaultSrc],
            Self::ChildSrc
            | Self::ConnectSrc
            | Self::FontSrc
            | Self::ImgSrc
            | Self::ManifestSrc
            | Self::MediaSrc
            | Self::ObjectSrc
            | Self::PrefetchSrc
            | Self::ScriptSrc
            | Self::StyleSrc => &[Self::DefaultSrc],
            _ => &[],
        }
    }
}

/// The words of a `sandbox` directive ([HTML, 7.1.5](https://html.spec.whatwg.org/multipage/browsers.html#sandboxing)).
pub const SANDBOX_FLAGS: [&str; 14] = [
    "allow-downloads",
    "allow-forms",
    "allow-modals",
    "allow-orientation-lock",
    "allow-pointer-lock",
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-presentation",
    "allow-same-origin",
    "allow-scripts",
    "allow-storage-access-by-user-activation",
    "allow-top-navigation",
    "allow-top-navigation-by-user-activation",
    "allow-top-navigation-to-custom-protocols",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_source_list_has_its_grammar() {
        for name in DirectiveName::ALL {
            let is_list = matches!(name.grammar(), ValueGrammar::SourceList(_) | ValueGrammar::AncestorSourceList);
            assert_eq!(is_list, name.has_source_list(), "{name}");
            assert!(!name.fallbacks().contains(name), "{name}");
        }
    }
}
