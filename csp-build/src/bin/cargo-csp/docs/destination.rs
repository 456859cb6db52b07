//! Where something connects to, as far as it is known.

use std::fmt::Write as _;

use csp_core::Target;
use url::Url;

/// The origin of the page itself, as sources have it.
pub(super) const SELF_ORIGIN: &str = "'self'";

/// Stands for the page's own origin in URLs; no name under `invalid` can be registered.
pub(super) const PAGE: &str = "https://page.invalid";

/// A URL, or the beginning of several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Destination {
    url: Url,
    /// Whether this is the whole URL; else it is known up to its last `/`.
    is_whole: bool,
}

impl Destination {
    /// One URL.
    pub(super) fn whole(url: Url) -> Self {
        Self { url, is_whole: true }
    }

    /// All URLs that begin like this, up to the last `/` of the path.
    pub(super) fn below(mut url: Url) -> Self {
        url.set_query(None);
        url.set_fragment(None);
        let known = url.path().rfind('/').map(|end| url.path()[..=end].to_owned());
        if let Some(known) = known {
            url.set_path(&known);
        }
        Self { url, is_whole: false }
    }

    /// What a scan has found: the page's own origin, another one, or a scheme such as `data:`.
    #[cfg(feature = "scan")]
    pub(super) fn of_origin(origin: &str) -> Option<Self> {
        let text = if origin == SELF_ORIGIN { PAGE } else { origin };
        Url::parse(text).ok().map(Self::below)
    }

    /// A path of an API that is served here: as a template, in which `{…}` stands for what isn't known.
    pub(super) fn join(&self, template: &str) -> Self {
        if !self.is_whole {
            return self.clone();
        }
        let known = template.split('{').next().unwrap_or_default();
        let mut url = self.url.clone();
        url.set_path(&format!("{}/{}", self.url.path().trim_end_matches('/'), known.trim_start_matches('/')));
        if known.len() == template.len() { Self::whole(url) } else { Self::below(url) }
    }

    /// Everything at and below this URL, as of the base of an API.
    pub(super) fn everything_below(&self) -> Self {
        let mut url = self.url.clone();
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", self.url.path()));
        }
        Self::below(url)
    }

    pub(super) fn target(&self) -> Target<'_> {
        Target::from(&self.url)
    }

    pub(super) fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The source that stands for its origin: `https://api.example.com`, `'self'`, `data:`.
    pub(super) fn origin(&self) -> String {
        let target = self.target();
        if target.host() == "page.invalid" {
            return SELF_ORIGIN.to_owned();
        }
        let mut origin = format!("{}:", target.scheme());
        if !target.host().is_empty() {
            let _ = write!(origin, "//{}", target.host());
        }
        if let Some(port) = target.port() {
            let _ = write!(origin, ":{port}");
        }
        origin
    }

    /// The URL without what may be secret in it; relative where it is the page's own.
    pub(super) fn shown(&self) -> String {
        let target = self.target();
        if target.host() == "page.invalid" { target.path().to_owned() } else { target.to_string() }
    }
}
