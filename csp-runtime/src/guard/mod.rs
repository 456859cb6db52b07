mod decision;
mod policy_ref;

use alloc::sync::Arc;
use core::fmt;

use csp_core::{Disposition, Origin};

use crate::event;
use crate::settings::{PLAIN, Settings};
use crate::{Admission, Blocked, CheckTarget, ExtendedPolicy, Observe, Policy, Reason};
use policy_ref::PolicyRef;

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
/// A guard is for code that asks it. It is no sandbox: code that opens a socket by itself is not stopped.
/// [`check`](Self::check) looks at names and at hosts that are addresses; what a name resolves to is looked at by
/// [`resolve`](Self::resolve), which the guarded clients ask, and behind a proxy by nobody. Whoever is allowed to be
/// reached can pass data on.
#[derive(Clone)]
pub struct Guard {
    policy: PolicyRef,
    /// `None` for the plain ones.
    settings: Option<Arc<Settings>>,
}

impl Guard {
    pub(crate) const fn of(policy: &'static Policy) -> Self {
        Self { policy: PolicyRef::Declared(policy), settings: None }
    }

    pub(crate) fn of_extended(policy: ExtendedPolicy) -> Self {
        Self { policy: PolicyRef::Extended(policy), settings: None }
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
        let origin = Origin::parse(origin).ok_or(OriginError)?;
        self.change().self_origin = Some(origin);
        Ok(self)
    }

    /// Refuses every address that isn't one of the public internet: those of this machine and of private networks too.
    ///
    /// ```
    /// csp_runtime::connect_src! {
    ///     static WEBHOOKS = [
    ///         #[insecure(reason = "customers' webhooks go anywhere")]
    ///         "https://*:*",
    ///     ];
    /// }
    /// let guard = WEBHOOKS.guard().public_only();
    /// assert!(guard.allows("https://93.184.215.14/hook"));
    /// assert!(!guard.allows("https://10.0.0.1/hook"));
    /// ```
    #[must_use]
    pub fn public_only(mut self) -> Self {
        self.change().public_only = true;
        self
    }

    /// Stops nothing, and tells [observers](Self::observer) what it would have stopped: report-only for servers.
    ///
    /// Decisions are the same. [`check`](Self::check) is `Ok` where it would be a refusal; [`allows`](Self::allows)
    /// says what is decided.
    ///
    /// ```
    /// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    /// let guard = BACKEND.guard().audit();
    /// assert!(guard.check("https://evil.example/").is_ok());
    /// assert!(!guard.allows("https://evil.example/"));
    /// ```
    #[must_use]
    pub fn audit(mut self) -> Self {
        self.change().disposition = Disposition::Report;
        self
    }

    /// Tells an observer of every decision, beside those that it has.
    #[must_use]
    pub fn observer(mut self, observer: impl Observe + 'static) -> Self {
        self.change().observers.push(Arc::new(observer));
        self
    }

    /// Finds addresses with a resolver of your own, which the guarded clients ask too.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn resolver(mut self, resolver: impl crate::Resolve + 'static) -> Self {
        self.change().resolver = Some(Arc::new(resolver));
        self
    }

    /// Whether refusals stop a connection, or are only told of.
    #[must_use]
    pub fn disposition(&self) -> Disposition {
        self.settings().disposition
    }

    /// Whether the declaration admits a URL, whatever the [disposition](Self::disposition). No observer hears of it.
    /// Doesn't allocate where the URL is canonical.
    #[inline]
    #[must_use]
    pub fn allows(&self, url: impl CheckTarget) -> bool {
        url.decide(self).is_ok()
    }

    /// Whether the program may connect, and if not, why, and what to do about it.
    ///
    /// ```
    /// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com/v1/"]; }
    /// let guard = BACKEND.guard();
    /// guard.check("https://api.example.com/v1/users?page=2")?;
    /// for refused in ["https://api.example.com/v2/users", "wss://api.example.com/v1/", "https://user@api.example.com/v1/", "api"] {
    ///     assert!(guard.check(refused).is_err(), "{refused}");
    /// }
    /// # Ok::<(), csp_runtime::Blocked>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If no source covers the URL, or it is of a kind that is always refused: see [`Reason`].
    #[inline]
    pub fn check(&self, url: impl CheckTarget) -> Result<(), Blocked> {
        self.conclude(&url, url.decide(self), None)
    }

    /// As [`check`](Self::check), of the target of a redirect: of the URL `from`, the `redirect_count`th one, from 1.
    ///
    /// ```
    /// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    /// let location = "https://evil.example/";
    /// let blocked = BACKEND.guard().check_redirect(location, 1, "https://api.example.com/login").unwrap_err();
    /// assert_eq!(blocked.redirected_from().as_deref(), Some("https://api.example.com/login"));
    /// ```
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check); the refusal knows the redirect.
    pub fn check_redirect(&self, url: impl CheckTarget, redirect_count: u32, from: &str) -> Result<(), Blocked> {
        self.conclude(&url, url.decide(self), Some((redirect_count, from)))
    }

    /// Parses and checks a URL: dial what this returns, and nothing else is dialled than what was checked.
    ///
    /// ```
    /// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    /// let url = BACKEND.guard().parse("HTTPS://api.example.com\\v1/../users")?;
    /// assert_eq!(url.as_str(), "https://api.example.com/users");
    /// # Ok::<(), csp_runtime::Blocked>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    #[cfg(feature = "url")]
    pub fn parse(&self, url: &str) -> Result<url::Url, Blocked> {
        let Ok(parsed) = url::Url::parse(url) else {
            return Err(self.told(self.blocked(url.into(), Reason::Unparsable)));
        };
        self.check(&parsed)?;
        Ok(parsed)
    }

    /// As [`check`](Self::check), of a URL that has no path yet: whether a source covers its origin.
    #[cfg(feature = "tonic")]
    pub(crate) fn check_origin(&self, url: impl CheckTarget) -> Result<(), Blocked> {
        self.conclude(&url, url.view(|view| self.decide_origin(view?)), None)
    }

    /// The directive that is obeyed, whole: `connect-src …`, or the `default-src …` that stands in for it.
    #[must_use]
    pub fn directive(&self) -> &str {
        self.policy.directive()
    }

    /// Tells the observers; what a guard only audits is no error.
    #[inline]
    fn conclude(
        &self,
        url: &impl CheckTarget,
        decision: Result<(), Reason>,
        redirect: Option<(u32, &str)>,
    ) -> Result<(), Blocked> {
        match decision {
            Ok(()) if !event::are_admissions_heard(self) => Ok(()),
            Ok(()) => {
                let redirect_count = redirect.map_or(0, |(count, _)| count);
                event::admitted(self, &Admission { url: &url.text(), redirect_count });
                Ok(())
            }
            Err(reason) => {
                let blocked = self.blocked(url.text(), reason);
                self.refuse(match redirect {
                    Some((count, from)) => blocked.redirected(count, from.into()),
                    None => blocked,
                })
            }
        }
    }

    /// Tells the observers of a refusal, and is none where the guard only audits.
    pub(crate) fn refuse(&self, blocked: Blocked) -> Result<(), Blocked> {
        let blocked = self.told(blocked);
        match self.disposition() {
            Disposition::Enforce => Err(blocked),
            Disposition::Report => Ok(()),
        }
    }

    /// Tells the observers of a refusal.
    pub(crate) fn told(&self, blocked: Blocked) -> Blocked {
        event::refused(self, &blocked);
        blocked
    }

    pub(crate) fn settings(&self) -> &Settings {
        self.settings.as_deref().unwrap_or(&PLAIN)
    }

    fn change(&mut self) -> &mut Settings {
        Arc::make_mut(self.settings.get_or_insert_with(|| Arc::new(PLAIN.clone())))
    }

    #[cold]
    pub(crate) fn blocked(&self, url: alloc::string::String, reason: Reason) -> Blocked {
        Blocked::new(self.clone(), url, reason)
    }

    pub(crate) const fn policy(&self) -> &PolicyRef {
        &self.policy
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Guard")
            .field("policy", &self.policy.declared().name())
            .field("directive", &self.directive())
            .field("self_origin", &self.settings().self_origin)
            .field("disposition", &self.disposition())
            .field("public_only", &self.settings().public_only)
            .finish_non_exhaustive()
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
