//! What kind of report is it: about this build's policy, or noise?

use url::Url;

use super::{OwnPolicies, PolicyMatch, Resource, ViolationReport};
use crate::{
    AddressKind, Directive, DirectiveName, Keyword, Policy, Request, SourceExpression, SourceList, Target,
    address_of_host, covering,
};

/// Schemes of extensions of browsers, and of the scripts that users put in.
const EXTENSIONS: [&str; 8] = [
    "chrome-extension",
    "moz-extension",
    "ms-browser-extension",
    "safari-extension",
    "safari-web-extension",
    "user-script",
    "userscript",
    "webkit-masked-url",
];

/// Schemes of what comes with a browser.
const BROWSERS: [&str; 4] = ["about", "chrome", "resource", "view-source"];

macro_rules! classes {
    ($($(#[doc = $doc:literal])+ $variant:ident $text:literal,)+) => {
        /// What kind a report is of. The texts are stable.
        ///
        /// Every kind is counted, none is thrown away.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Class {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Class {
            /// Every class.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The class of this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.as_str() == word)
            }

            /// The class in a word.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}

classes! {
    /// A page of the browser's own.
    Browser "browser",
    /// An extension did it, or a script of the user.
    Extension "extension",
    /// A page of another origin than one's own.
    ForeignDocument "foreign-document",
    /// A policy of somebody else.
    ForeignPolicy "foreign-policy",
    /// The texts say nothing: no such directive, no URL.
    Invalid "invalid",
    /// Something on the user's machine.
    Local "local",
    /// The policy allows the URL; a redirect from it led to one that the policy doesn't allow.
    Redirect "redirect",
    /// Only a scheme is told.
    SchemeOnly "scheme-only",
    /// A policy of an earlier build.
    StalePolicy "stale-policy",
    /// None of the others: a breach of this policy.
    Violation "violation",
}

impl Class {
    /// Whether people needn't see it at first. A redirect that breaks a page is nothing to hide.
    #[must_use]
    pub const fn is_noise(self) -> bool {
        !matches!(self, Self::Redirect | Self::Violation)
    }
}

/// What is known of a report by itself and the own policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Classification {
    /// What kind it is of.
    pub class: Class,
    /// Whose policy it quotes.
    pub policy: PolicyMatch,
}

impl Classification {
    /// What was known of a report before, for example when it was stored.
    #[must_use]
    pub const fn new(class: Class, policy: PolicyMatch) -> Self {
        Self { class, policy }
    }
}

/// Says what kind a report is of.
#[must_use]
pub fn classify(report: &ViolationReport<'_>, own: &OwnPolicies) -> Classification {
    let policy = own.find(&report.original_policy);
    Classification { class: class(report, own, policy), policy }
}

fn class(report: &ViolationReport<'_>, own: &OwnPolicies, policy: PolicyMatch) -> Class {
    let document = Resource::of(&report.document_url);
    let blocked = report.blocked();
    let file = report.source_file.as_deref().map_or(Resource::Empty, Resource::of);
    if report.directive().is_none()
        || matches!(blocked, Resource::Unknown(_))
        || matches!(document, Resource::Empty | Resource::Unknown(_) | Resource::Word(_))
    {
        return Class::Invalid;
    }
    if [&document, &blocked, &file].into_iter().any(is_extension) {
        return Class::Extension;
    }
    if [&document, &blocked, &file].into_iter().any(is_browser) {
        return Class::Browser;
    }
    // Under development everything is local, and of interest.
    if is_file(&document) || is_file(&file) || !is_local(&document) && [&blocked, &file].into_iter().any(is_local) {
        return Class::Local;
    }
    if !own.has_page(&document) {
        return Class::ForeignDocument;
    }
    match policy {
        PolicyMatch::Foreign => return Class::ForeignPolicy,
        PolicyMatch::Stale => return Class::StalePolicy,
        PolicyMatch::ThisBuild | PolicyMatch::Unknown => {}
    }
    match blocked {
        Resource::Url(url) if is_allowed(report, &url) => Class::Redirect,
        Resource::Scheme(_) => Class::SchemeOnly,
        _ => Class::Violation,
    }
}

fn is_extension(resource: &Resource) -> bool {
    resource.scheme().is_some_and(|scheme| EXTENSIONS.contains(&scheme))
}

fn is_browser(resource: &Resource) -> bool {
    resource.scheme().is_some_and(|scheme| BROWSERS.contains(&scheme))
}

fn is_file(resource: &Resource) -> bool {
    resource.scheme() == Some("file")
}

/// Whether it is on the user's machine.
fn is_local(resource: &Resource) -> bool {
    let Resource::Url(url) = resource else { return is_file(resource) };
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    host == "localhost"
        || host.ends_with(".localhost")
        || address_of_host(host).is_some_and(|address| {
            address.is_unspecified() || matches!(AddressKind::of(address), AddressKind::Loopback)
        })
}

/// Whether the policy that is quoted allows the URL: then it isn't what was blocked.
pub(super) fn is_allowed(report: &ViolationReport<'_>, url: &Url) -> bool {
    let policy = Policy::parse(&report.original_policy);
    let Some(sources) = sources(&policy, report.directive()) else { return false };
    // With this keyword, hosts count for nothing.
    if sources.contains(&SourceExpression::Keyword(Keyword::StrictDynamic)) {
        return false;
    }
    let origin = report.document_origin();
    covering(sources, &request(url, origin.as_ref())).is_some()
}

/// The sources that decide for a directive.
pub(super) fn sources<'p, 'a>(
    policy: &'p Policy<'a>,
    name: Option<DirectiveName>,
) -> Option<&'p [SourceExpression<'a>]> {
    let name = name.filter(|name| name.has_source_list())?;
    policy.effective_directive(name).and_then(Directive::sources).map(SourceList::sources)
}

pub(super) fn request<'a>(url: &'a Url, origin: Option<&'a crate::Origin>) -> Request<'a> {
    let request = Request::new(Target::from(url));
    origin.into_iter().fold(request, Request::from_origin)
}
