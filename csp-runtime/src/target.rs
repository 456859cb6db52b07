//! Kinds of URLs that a guard can look at.

#[cfg(feature = "http")]
use alloc::string::ToString;

#[cfg(feature = "http")]
use csp_core::SchemePart;
use csp_core::{Lookup, Table, Target};
#[cfg(feature = "url")]
use csp_core::{Request, has_credentials};

use crate::{Endpoint, Reason};

/// What a guard can check: `&str` and `String` in any spelling, a parsed [`url::Url`](https://docs.rs/url), an
/// `http::Uri` (features `url` and `http`), an [`Endpoint`].
///
/// Sealed: what a guard looks at must be what the client dials.
pub trait CheckTarget: Sealed {}

/// The parts that decide, and whether the URL carries credentials.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    pub(crate) target: Target<'a>,
    pub(crate) credentials: bool,
}

pub(crate) mod sealed {
    use csp_core::{Lookup, Table};

    use super::{Reason, View};

    pub trait Sealed {
        /// What the table says at once, without a URL parser.
        fn look_up(&self, table: &Table<'_>) -> Lookup;

        /// Calls `look` with the parts, or why there are none.
        fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R;

        /// The text, for messages. May hold secrets.
        fn text(&self) -> alloc::string::String;
    }
}

use sealed::Sealed;

impl CheckTarget for str {}

impl Sealed for str {
    fn look_up(&self, table: &Table<'_>) -> Lookup {
        table.look_up(self)
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
    fn look_up(&self, table: &Table<'_>) -> Lookup {
        (**self).look_up(table)
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
    fn look_up(&self, table: &Table<'_>) -> Lookup {
        table.look_up(self)
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
    fn look_up(&self, table: &Table<'_>) -> Lookup {
        table.look_up(self.as_str())
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
    fn look_up(&self, table: &Table<'_>) -> Lookup {
        if has_credentials(self) {
            return Lookup::Unusual;
        }
        match table.admit(&Request::new(self.into())) {
            Ok(()) => Lookup::Admitted,
            Err(refusal) => Lookup::Refused(refusal),
        }
    }

    fn view<R>(&self, look: impl FnOnce(Result<View<'_>, Reason>) -> R) -> R {
        look(Ok(View { target: self.into(), credentials: has_credentials(self) }))
    }

    fn text(&self) -> alloc::string::String {
        self.as_str().into()
    }
}

#[cfg(feature = "http")]
impl CheckTarget for http::Uri {}

/// A `Uri` is looked at as a URL parser reads it, and refused where the two differ: the client dials the `Uri`.
#[cfg(feature = "http")]
impl Sealed for http::Uri {
    fn look_up(&self, table: &Table<'_>) -> Lookup {
        match (self.scheme_str(), self.authority()) {
            (Some(scheme), Some(authority)) => {
                table.look_up_parts(SchemePart::new(scheme), authority.as_str(), self.path())
            }
            _ => Lookup::Unusual,
        }
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
