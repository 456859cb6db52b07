//! Kinds of URLs that a guard can look at.

#[cfg(feature = "http")]
use alloc::string::ToString;

#[cfg(feature = "url")]
use csp_core::has_credentials;
use csp_core::{Target, UsualUrl};

use crate::{Endpoint, Guard, Reason};

/// What a guard can check: `&str` and `String` in any spelling, a parsed [`url::Url`](https://docs.rs/url), an
/// `http::Uri` (features `url` and `http`), an [`Endpoint`].
///
/// Sealed: what a guard looks at must be what the client dials.
///
/// ```
/// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
/// let guard = BACKEND.guard();
/// let url = url::Url::parse("https://api.example.com/v1").unwrap();
/// let uri = http::Uri::from_static("https://api.example.com/v1");
/// assert!(guard.allows("https://api.example.com/v1") && guard.allows(&url) && guard.allows(&uri));
/// ```
pub trait CheckTarget: Sealed {}

/// The parts that decide, and whether the URL carries credentials.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(crate) target: Target<'a>,
    pub(crate) credentials: bool,
}

pub(crate) mod sealed {
    use super::{Guard, Reason, View};

    pub trait Sealed {
        /// Whether the guard admits it. A URL parser is asked only where the text alone doesn't tell.
        fn decide(&self, guard: &Guard) -> Result<(), Reason>;

        /// Calls `look` with the parts, or why there are none.
        fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R;

        /// The text, for messages. May hold secrets.
        fn text(&self) -> alloc::string::String;
    }
}

use sealed::Sealed;

/// Text that the table alone can't tell, or that only the program's own origin may cover.
#[cold]
fn decide_unusual(url: &str, guard: &Guard) -> Result<(), Reason> {
    // Without an origin of its own, the table has decided what is canonical.
    if guard.has_origin()
        && let Some(target) = Target::canonical(url)
    {
        return guard.decide(View { target, credentials: false });
    }
    #[cfg(feature = "url")]
    return url::Url::parse(url).map_err(|_| Reason::Unparsable)?.decide(guard);
    #[cfg(not(feature = "url"))]
    url.view(|view| guard.decide(view?))
}

impl CheckTarget for str {}

impl Sealed for str {
    fn decide(&self, guard: &Guard) -> Result<(), Reason> {
        let Some(url) = UsualUrl::read(self) else { return decide_unusual(self, guard) };
        match guard.glance(&url) {
            Ok(()) => Ok(()),
            Err(unsettled) => guard.look_further(url, unsettled).unwrap_or_else(|| decide_unusual(self, guard)),
        }
    }

    fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R {
        if let Some(target) = Target::canonical(self) {
            return look(Ok(View { target, credentials: false }));
        }
        #[cfg(feature = "url")]
        match url::Url::parse(self) {
            Ok(url) => url.view(look),
            Err(_) => look(Err(Reason::Unparsable)),
        }
        #[cfg(not(feature = "url"))]
        look(Err(Reason::NotCanonical))
    }

    fn text(&self) -> alloc::string::String {
        self.into()
    }
}

impl<T: CheckTarget + ?Sized> CheckTarget for &T {}

impl<T: Sealed + ?Sized> Sealed for &T {
    #[inline]
    fn decide(&self, guard: &Guard) -> Result<(), Reason> {
        (**self).decide(guard)
    }

    fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R {
        (**self).view(look)
    }

    fn text(&self) -> alloc::string::String {
        (**self).text()
    }
}

impl CheckTarget for alloc::string::String {}

impl Sealed for alloc::string::String {
    fn decide(&self, guard: &Guard) -> Result<(), Reason> {
        self.as_str().decide(guard)
    }

    fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R {
        self.as_str().view(look)
    }

    fn text(&self) -> alloc::string::String {
        self.clone()
    }
}

impl CheckTarget for Endpoint {}

impl Sealed for Endpoint {
    fn decide(&self, guard: &Guard) -> Result<(), Reason> {
        self.as_str().decide(guard)
    }

    fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R {
        self.as_str().view(look)
    }

    fn text(&self) -> alloc::string::String {
        self.as_str().into()
    }
}

#[cfg(feature = "url")]
impl CheckTarget for url::Url {}

#[cfg(feature = "url")]
impl Sealed for url::Url {
    fn decide(&self, guard: &Guard) -> Result<(), Reason> {
        let Some(url) = UsualUrl::read(self.as_str()) else { return decide_parsed(self, guard) };
        match guard.glance(&url) {
            Ok(()) => Ok(()),
            Err(unsettled) => guard.look_further(url, unsettled).unwrap_or_else(|| decide_parsed(self, guard)),
        }
    }

    fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R {
        look(Ok(View { target: self.into(), credentials: has_credentials(self) }))
    }

    fn text(&self) -> alloc::string::String {
        self.as_str().into()
    }
}

/// An address, or another host that the text alone doesn't tell.
#[cfg(feature = "url")]
#[cold]
fn decide_parsed(url: &url::Url, guard: &Guard) -> Result<(), Reason> {
    url.view(|view| guard.decide(view?))
}

#[cfg(feature = "http")]
impl CheckTarget for http::Uri {}

/// A `Uri` is looked at as a URL parser reads it, and refused where the two differ: the client dials the `Uri`.
#[cfg(feature = "http")]
impl Sealed for http::Uri {
    fn decide(&self, guard: &Guard) -> Result<(), Reason> {
        if let (Some(scheme), Some(authority)) = (self.scheme_str(), self.authority())
            && let Some(url) = UsualUrl::of_parts(scheme, authority.as_str(), self.path())
        {
            let decision = match guard.glance(&url) {
                Ok(()) => Some(Ok(())),
                Err(unsettled) => guard.look_further(url, unsettled),
            };
            if let Some(decision) = decision {
                return decision;
            }
        }
        self.view(|view| guard.decide(view?))
    }

    fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R {
        let (Some(scheme), Some(authority)) = (self.scheme_str(), self.authority()) else {
            return look(Err(Reason::Unparsable));
        };
        let text = self.to_string();
        text.as_str().view(|view| {
            let Ok(view) = view else { return look(view) };
            let authority = authority.as_str();
            let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
            let own = Target::new(scheme, self.host().unwrap_or_default(), self.port_u16(), self.path());
            // `port_u16` is `None` for a port that is none, which a client takes for the default port.
            let has_port = host_and_port.len() > own.host().len();
            let same = own.scheme() == view.target.scheme()
                && own.host() == view.target.host()
                && own.port() == view.target.port()
                && has_port == self.port_u16().is_some()
                && (own.path() == view.target.path() || (own.path() == "/" && view.target.path().is_empty()));
            look(if same { Ok(view) } else { Err(Reason::NotCanonical) })
        })
    }

    fn text(&self) -> alloc::string::String {
        self.to_string()
    }
}
