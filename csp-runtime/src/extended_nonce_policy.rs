use alloc::string::String;
#[cfg(feature = "nonce")]
use alloc::vec::Vec;

#[cfg(feature = "nonce")]
use crate::holes;
use crate::holes::Holes;
use crate::{ExtendError, ExtendedPolicy, Guard, NoncePolicy};
#[cfg(feature = "nonce")]
use crate::{Nonce, ResponsePolicy, response_policy::Template};

/// A declaration with nonces, and an operator's additions: see [`NoncePolicy::extend`]. Cheap to clone.
#[derive(Clone, Debug)]
pub struct ExtendedNoncePolicy {
    base: &'static NoncePolicy,
    /// Its header is a template.
    policy: ExtendedPolicy,
    #[cfg_attr(not(feature = "nonce"), expect(dead_code, reason = "without nonces, nobody fills them"))]
    holes: Holes,
}

impl ExtendedNoncePolicy {
    pub(crate) fn new<I>(base: &'static NoncePolicy, additions: I, justified: bool) -> Result<Self, ExtendError>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let policy = ExtendedPolicy::new(base.as_policy(), additions, justified)?;
        let holes = Holes::of(policy.header());
        Ok(Self { base, policy, holes })
    }

    /// The header with `{nonce}` where each response has its own.
    #[must_use]
    pub fn template(&self) -> &str {
        self.policy.header()
    }

    /// The directive that decides for connections, whole.
    #[must_use]
    pub fn directive(&self) -> &str {
        self.policy.directive()
    }

    /// The declaration that was extended.
    #[must_use]
    pub const fn base(&self) -> &'static NoncePolicy {
        self.base
    }

    /// As [`ExtendedPolicy::additions`].
    #[must_use]
    pub fn additions(&self) -> &[String] {
        self.policy.additions()
    }

    /// As [`ExtendedPolicy::warnings`].
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        self.policy.warnings()
    }

    /// As [`ExtendedPolicy::guard`].
    #[must_use]
    pub fn guard(&self) -> Guard {
        self.policy.guard()
    }

    /// As [`NoncePolicy::with_nonce`].
    #[cfg(feature = "nonce")]
    #[must_use]
    pub fn with_nonce(&self, nonce: Nonce) -> ResponsePolicy {
        ResponsePolicy::new(Template::Extended(self.clone()), nonce)
    }

    /// As [`NoncePolicy::header`].
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

    #[cfg(feature = "nonce")]
    pub(crate) const fn as_extended(&self) -> &ExtendedPolicy {
        &self.policy
    }
}
