use alloc::borrow::Cow;
use alloc::string::String;

use crate::{Nonce, NoncePolicy};

/// A [`NoncePolicy`] with the nonce of one response: see [`NoncePolicy::with_nonce`].
///
/// Where no layer sets the header, such as in a framework of your own, this is what a handler makes:
///
/// ```
/// # csp_runtime::policy! { static PAGE = { use_defaults: true, script_src: [nonce] }; }
/// use csp_runtime::Nonce;
///
/// let nonce = Nonce::generate();
/// let body = format!("<script nonce=\"{nonce}\">start()</script>");
/// let headers = PAGE.with_nonce(nonce).headers();
/// # drop((body, headers));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ResponsePolicy {
    policy: &'static NoncePolicy,
    nonce: Nonce,
}

impl ResponsePolicy {
    pub(crate) const fn new(policy: &'static NoncePolicy, nonce: Nonce) -> Self {
        Self { policy, nonce }
    }

    /// The nonce.
    #[must_use]
    pub const fn nonce(&self) -> Nonce {
        self.nonce
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &'static NoncePolicy {
        self.policy
    }

    /// The value of the header.
    #[must_use]
    pub fn header(&self) -> String {
        self.policy.header(&self.nonce)
    }

    /// Every header of the response, as [`Policy::headers`](crate::Policy::headers) gives them.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> + use<> {
        let others = self.policy.as_policy().other_header_names();
        core::iter::once((self.policy.header_name(), Cow::Owned(self.header())))
            .chain(others.map(|(name, value)| (name, Cow::Borrowed(value))))
    }
}
