use alloc::borrow::{Cow, ToOwned as _};
use alloc::string::String;
use alloc::vec::Vec;

use crate::response_header::{OTHERS, ResponseHeader};
use crate::{ExtendedNoncePolicy, Nonce, NoncePolicy, holes};

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
#[derive(Clone, Debug)]
pub struct ResponsePolicy {
    template: Template,
    nonce: Nonce,
}

/// What a nonce is put into.
#[derive(Clone, Debug)]
pub(crate) enum Template {
    Declared(&'static NoncePolicy),
    Extended(ExtendedNoncePolicy),
}

impl Template {
    const fn declared(&self) -> &'static NoncePolicy {
        match self {
            Self::Declared(policy) => policy,
            Self::Extended(policy) => policy.base(),
        }
    }

    fn header_bytes(&self, nonce: &Nonce) -> Vec<u8> {
        match self {
            Self::Declared(policy) => policy.header_bytes(nonce),
            Self::Extended(policy) => policy.header_bytes(nonce),
        }
    }

    /// The headers that go with the policy's own.
    fn other_headers(&self) -> [Option<(ResponseHeader, Cow<'static, str>)>; OTHERS] {
        match self {
            Self::Declared(policy) => {
                policy.as_policy().other_headers().map(|header| Some((header?.0, Cow::Borrowed(header?.1))))
            }
            Self::Extended(policy) => {
                policy.as_extended().other_headers().map(|header| Some((header?.0, Cow::Owned(header?.1.to_owned()))))
            }
        }
    }
}

impl ResponsePolicy {
    pub(crate) const fn new(template: Template, nonce: Nonce) -> Self {
        Self { template, nonce }
    }

    /// The nonce.
    #[must_use]
    pub const fn nonce(&self) -> Nonce {
        self.nonce
    }

    /// The declaration.
    #[must_use]
    pub const fn policy(&self) -> &'static NoncePolicy {
        self.template.declared()
    }

    /// The value of the header.
    #[must_use]
    pub fn header(&self) -> String {
        holes::text(self.header_bytes())
    }

    /// Every header of the response, as [`Policy::headers`](crate::Policy::headers) gives them.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> + use<> {
        let others = self.other_headers().into_iter().flatten().map(|(header, value)| (header.as_str(), value));
        core::iter::once((self.policy().header_name(), Cow::Owned(self.header()))).chain(others)
    }

    pub(crate) fn header_bytes(&self) -> Vec<u8> {
        self.template.header_bytes(&self.nonce)
    }

    pub(crate) fn other_headers(&self) -> [Option<(ResponseHeader, Cow<'static, str>)>; OTHERS] {
        self.template.other_headers()
    }
}
