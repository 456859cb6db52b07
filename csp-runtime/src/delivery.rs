//! The headers of a policy, ready for a response, in the types of a framework.

use csp_core::Disposition;

use crate::response_header::{OTHERS, ResponseHeader};
#[cfg(feature = "nonce")]
use crate::{Nonce, NoncePolicy, ResponsePolicy};

#[derive(Clone, Debug)]
pub(crate) struct Delivery<V> {
    pub(crate) disposition: Disposition,
    pub(crate) value: V,
    pub(crate) others: [Option<(ResponseHeader, V)>; OTHERS],
}

/// The value of a header.
#[cfg(any(feature = "actix", feature = "nonce", feature = "rocket", feature = "tower"))]
pub(crate) trait Value: Clone {
    #[cfg(feature = "nonce")]
    fn from_static(text: &'static str) -> Self;

    #[cfg(feature = "nonce")]
    fn with_nonce(policy: &NoncePolicy, nonce: &Nonce) -> Self;
}

#[cfg(feature = "http")]
impl<V> Delivery<V> {
    pub(crate) fn into_headers(self) -> impl Iterator<Item = (ResponseHeader, V)> {
        let policy = (ResponseHeader::Policy(self.disposition), self.value);
        core::iter::once(policy).chain(self.others.into_iter().flatten())
    }
}

#[cfg(feature = "nonce")]
impl ResponsePolicy {
    pub(crate) fn delivery<V: Value>(&self) -> Delivery<V> {
        let policy = self.policy();
        let others = policy.as_policy().other_headers().map(|header| Some((header?.0, V::from_static(header?.1))));
        Delivery { disposition: policy.disposition(), value: V::with_nonce(policy, &self.nonce()), others }
    }
}
