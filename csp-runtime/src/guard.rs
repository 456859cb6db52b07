use core::fmt;

use csp_core::{Difference, Lookup, Origin, Request, Table, Target, UsualUrl, nearest_in};

use crate::policy::source_list;
use crate::target::View;
use crate::{Blocked, CheckTarget, ExtendedPolicy, Policy, Reason};

/// Obeys a declaration: says for each URL whether the program may connect to it.
///
/// It decides as browsers do, and is stricter where a client needs it: paths count on every redirect hop, URLs with
/// credentials are refused, and so are encoded separators below a source with a path. `https` never covers `wss`, an
/// empty list blocks everything, what can't be parsed is refused.
///
/// ```
/// csp_runtime::connect_src! {
///     static BACKEND = ["https://api.example.com/v1/"];
/// }
/// let guard = BACKEND.guard();
/// guard.check("https://api.example.com/v1/users")?;
///
/// let blocked = guard.check("https://evil.example/x").unwrap_err();
/// assert_eq!(blocked.suggestion().as_deref(), Some("https://evil.example"));
/// # Ok::<(), csp_runtime::Blocked>(())
/// ```
///
/// # What it does not protect against
///
/// A guard is for code that asks it. It is no sandbox: code that opens a socket by itself is not stopped. It looks at
/// names, not at the addresses that they resolve to. Whoever is allowed to be reached can pass data on.
#[derive(Clone)]
pub struct Guard {
    policy: PolicyRef,
    self_origin: Option<Origin>,
}

#[derive(Clone)]
pub(crate) enum PolicyRef {
    Declared(&'static Policy),
    Extended(ExtendedPolicy),
}

impl PolicyRef {
    pub(crate) fn declared(&self) -> &'static Policy {
        match self {
            Self::Declared(policy) => policy,
            Self::Extended(policy) => policy.base(),
        }
    }

    pub(crate) fn header(&self) -> &str {
        match self {
            Self::Declared(policy) => policy.header(),
            Self::Extended(policy) => policy.header(),
        }
    }

    fn table(&self) -> Table<'_> {
        match self {
            Self::Declared(policy) => *policy.table(),
            Self::Extended(policy) => policy.table(),
        }
    }
}

impl Guard {
    pub(crate) const fn of(policy: &'static Policy) -> Self {
        Self { policy: PolicyRef::Declared(policy), self_origin: None }
    }

    pub(crate) fn of_extended(policy: ExtendedPolicy) -> Self {
        Self { policy: PolicyRef::Extended(policy), self_origin: None }
    }

    /// What `self` in the declaration stands for: the program's own origin. Without it, `self` covers nothing.
    ///
    /// ```
    /// # csp_runtime::connect_src! { static SHOP = [self]; }
    /// let guard = SHOP.guard().self_origin("https://shop.example.com")?;
    /// assert!(guard.allows("https://shop.example.com/cart"));
    /// # Ok::<(), csp_runtime::OriginError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is no origin: a scheme, a host and perhaps a port, without a path.
    pub fn self_origin(mut self, origin: &str) -> Result<Self, OriginError> {
        self.self_origin = Some(Origin::parse(origin).ok_or(OriginError)?);
        Ok(self)
    }

    /// Whether the program may connect. Doesn't allocate where the URL is canonical.
    #[inline]
    #[must_use]
    pub fn allows(&self, url: impl CheckTarget) -> bool {
        url.decide(self).is_ok()
    }

    /// Whether the program may connect, and if not, why, and what to do about it.
    ///
    /// # Errors
    ///
    /// If no source covers the URL, or it is of a kind that is always refused: see [`Reason`].
    #[inline]
    pub fn check(&self, url: impl CheckTarget) -> Result<(), Blocked> {
        url.decide(self).map_err(|reason| self.blocked(url.text(), reason))
    }

    /// Parses and checks a URL: dial what this returns, and nothing else is dialled than what was checked.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    #[cfg(feature = "url")]
    pub fn parse(&self, url: &str) -> Result<url::Url, Blocked> {
        let Ok(parsed) = url::Url::parse(url) else {
            return Err(self.blocked(url.into(), Reason::Unparsable));
        };
        self.check(&parsed)?;
        Ok(parsed)
    }

    /// The value of the header of the declaration that is obeyed.
    #[must_use]
    pub fn header(&self) -> &str {
        self.policy.header()
    }

    #[cold]
    pub(crate) fn blocked(&self, url: alloc::string::String, reason: Reason) -> Blocked {
        Blocked::new(self.clone(), url, reason)
    }

    pub(crate) const fn policy(&self) -> &PolicyRef {
        &self.policy
    }

    /// What the table says of text.
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    pub(crate) fn look_up(&self, url: &str) -> Lookup {
        self.look_up_usual(UsualUrl::read(url))
    }

    /// As [`look_up`](Self::look_up), of the parts of a URL.
    #[cfg(feature = "http")]
    pub(crate) fn look_up_parts(&self, scheme: &str, authority: &str, path: &str) -> Lookup {
        self.look_up_usual(UsualUrl::of_parts(scheme, authority, path))
    }

    /// The table is looked at where it lies: nothing is copied that the decision doesn't need.
    #[expect(clippy::inline_always, reason = "one decision is one function, without calls")]
    #[inline(always)]
    fn look_up_usual(&self, url: Option<UsualUrl<'_>>) -> Lookup {
        let Some(url) = url else { return Lookup::Unusual };
        match &self.policy {
            PolicyRef::Declared(policy) => policy.table().look_up_usual(url),
            PolicyRef::Extended(policy) => policy.data().look_up_usual(url),
        }
    }

    /// The decision, if a look at the table was enough. It doesn't know what `'self'` covers.
    pub(crate) fn decided(&self, found: Lookup) -> Option<Result<(), Reason>> {
        match found {
            Lookup::Admitted => Some(Ok(())),
            Lookup::Refused(refusal) if self.self_origin.is_none() => Some(Err(refusal.into())),
            _ => None,
        }
    }

    /// The decision on the parts of a parsed URL.
    pub(crate) fn decide(&self, view: View<'_>) -> Result<(), Reason> {
        let View { target, credentials } = view;
        if credentials {
            return Err(Reason::Credentials);
        }
        self.policy.table().admit(&self.request(target)).map_err(Reason::from)
    }

    pub(crate) const fn has_origin(&self) -> bool {
        self.self_origin.is_some()
    }

    /// Whether the sources cover a target.
    pub(crate) fn covers(&self, target: Target<'_>) -> bool {
        self.policy.table().admit(&self.request(target)).is_ok()
    }

    /// The source that is nearest to a URL that none covers, and the part that differs.
    pub(crate) fn nearest(&self, target: Target<'_>) -> Option<(&str, Difference)> {
        nearest_in(source_list(self.header()), &self.request(target))
    }

    fn request<'a>(&'a self, target: Target<'a>) -> Request<'a> {
        match &self.self_origin {
            Some(origin) => Request::new(target).from_origin(origin),
            None => Request::new(target),
        }
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Guard")
            .field("policy", &self.policy.declared().name())
            .field("header", &self.header())
            .field("self_origin", &self.self_origin)
            .finish()
    }
}

/// A text is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OriginError;

impl fmt::Display for OriginError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("expected an origin in its canonical spelling, such as `https://shop.example.com`")
    }
}

impl core::error::Error for OriginError {}
