#[cfg(feature = "nonce")]
use alloc::string::String;
#[cfg(feature = "nonce")]
use alloc::vec::Vec;

use csp_core::Disposition;

#[cfg(feature = "nonce")]
use crate::holes;
use crate::holes::Holes;
use crate::policy::Parts;
use crate::{ExtendError, ExtendedNoncePolicy, Guard, Policy};
#[cfg(feature = "nonce")]
use crate::{Nonce, ResponsePolicy, response_policy::Template};

/// What [`policy!`](macro@crate::policy) declares where a list has `nonce`: a policy whose header is another one for each
/// response.
///
/// It has no `header()`: a nonce that doesn't change protects nothing. With the feature `nonce`, a layer makes one for each
/// response; handlers and templates read it from the request.
///
/// ```
/// csp_runtime::policy! {
///     pub static PAGE = {
///         use_defaults: true,
///         script_src: [nonce, strict_dynamic],
///     };
/// }
/// assert!(PAGE.template().contains("script-src 'nonce-{nonce}' 'strict-dynamic'"));
/// ```
#[derive(Debug)]
pub struct NoncePolicy {
    policy: Policy,
    #[cfg_attr(not(feature = "nonce"), expect(dead_code, reason = "without nonces, nobody fills them"))]
    holes: Holes,
}

impl NoncePolicy {
    /// Of what a macro knows.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_parts(parts: Parts) -> Self {
        let holes = Holes::of(parts.header);
        Self { policy: Policy::from_parts(parts), holes }
    }

    /// What macros take in: of both kinds of policies.
    #[doc(hidden)]
    #[must_use]
    pub const fn as_policy(&self) -> &Policy {
        &self.policy
    }

    /// The header with `{nonce}` where each response has its own.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.policy.template()
    }

    /// As [`Policy::header_name`].
    #[must_use]
    pub const fn header_name(&self) -> &'static str {
        self.policy.header_name()
    }

    /// As [`Policy::disposition`].
    #[must_use]
    pub const fn disposition(&self) -> Disposition {
        self.policy.disposition()
    }

    /// As [`Policy::reporting_endpoints`].
    #[must_use]
    pub const fn reporting_endpoints(&self) -> Option<&'static str> {
        self.policy.reporting_endpoints()
    }

    /// As [`Policy::connection_allowlist`].
    #[must_use]
    pub const fn connection_allowlist(&self) -> Option<(&'static str, &'static str)> {
        self.policy.connection_allowlist()
    }

    /// As [`Policy::directive`].
    #[must_use]
    pub const fn directive(&self) -> &'static str {
        self.policy.directive()
    }

    /// The name of the declaration.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.policy.name()
    }

    /// The source file of the declaration, as `file!()` gives it.
    #[must_use]
    pub const fn file(&self) -> &'static str {
        self.policy.file()
    }

    /// The line of the declaration's macro, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.policy.line()
    }

    /// The guard that obeys what this declaration says of connections.
    #[must_use]
    pub const fn guard(&'static self) -> Guard {
        self.policy.guard()
    }

    /// The policy of one response: with a nonce that belongs to it.
    ///
    /// ```
    /// # csp_runtime::policy! { static PAGE = { use_defaults: true, script_src: [nonce] }; }
    /// let nonce = csp_runtime::Nonce::generate();
    /// let page = format!("<script nonce=\"{nonce}\">start()</script>");
    /// let headers = PAGE.with_nonce(nonce).headers();
    /// # assert_eq!(headers.into_iter().count(), 1);
    /// # drop(page);
    /// ```
    #[cfg(feature = "nonce")]
    #[must_use]
    pub const fn with_nonce(&'static self, nonce: Nonce) -> ResponsePolicy {
        ResponsePolicy::new(Template::Declared(self), nonce)
    }

    /// The value of the header of a response with this nonce.
    ///
    /// ```
    /// # csp_runtime::policy! { static PAGE = { use_defaults: true, script_src: [nonce] }; }
    /// let nonce = csp_runtime::Nonce::generate();
    /// let header = PAGE.header(&nonce);
    /// assert!(header.contains(&format!("script-src 'nonce-{nonce}'")));
    /// ```
    #[cfg(feature = "nonce")]
    #[must_use]
    pub fn header(&self, nonce: &Nonce) -> String {
        holes::text(self.header_bytes(nonce))
    }

    /// The header, in one allocation.
    #[cfg(feature = "nonce")]
    pub(crate) fn header_bytes(&self, nonce: &Nonce) -> Vec<u8> {
        self.holes.fill(self.template(), nonce)
    }

    /// As [`Policy::extend`].
    ///
    /// ```
    /// # csp_runtime::policy! { static PAGE = { use_defaults: true, script_src: [nonce], connect_src: [self] }; }
    /// let extended = PAGE.extend(["https://search.example.net"])?;
    /// assert_eq!(extended.directive(), "connect-src 'self' https://search.example.net");
    /// assert!(extended.template().contains("script-src 'nonce-{nonce}'"));
    /// # Ok::<(), csp_runtime::ExtendError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every addition that is refused, with what to write instead. Nothing is added then.
    pub fn extend<I>(&'static self, additions: I) -> Result<ExtendedNoncePolicy, ExtendError>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        ExtendedNoncePolicy::new(self, additions, false)
    }

    /// As [`Policy::extend_insecure`].
    ///
    /// # Errors
    ///
    /// As [`extend`](Self::extend).
    pub fn extend_insecure<I>(&'static self, additions: I, reason: &str) -> Result<ExtendedNoncePolicy, ExtendError>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let _ = reason;
        ExtendedNoncePolicy::new(self, additions, true)
    }
}
