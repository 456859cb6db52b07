//! The headers of a policy, ready for a response, in the types of a framework.

#[cfg(feature = "nonce")]
use alloc::borrow::Cow;
#[cfg(feature = "nonce")]
use alloc::vec::Vec;

use csp_core::Disposition;

#[cfg(feature = "nonce")]
use crate::ResponsePolicy;
use crate::response_header::{OTHERS, ResponseHeader};

#[derive(Clone, Debug)]
pub(crate) struct Delivery<V> {
    pub(crate) disposition: Disposition,
    pub(crate) value: V,
    pub(crate) others: [Option<(ResponseHeader, V)>; OTHERS],
}

/// The value of a header.
#[cfg(any(feature = "actix", feature = "nonce", feature = "rocket", feature = "tower"))]
pub(crate) trait Value: Clone {
    /// Of printable ASCII.
    #[cfg(feature = "nonce")]
    fn from_text(text: Cow<'static, str>) -> Self;

    /// Of printable ASCII.
    #[cfg(feature = "nonce")]
    fn from_bytes(bytes: Vec<u8>) -> Self;
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
        Delivery {
            disposition: self.policy().disposition(),
            value: V::from_bytes(self.header_bytes()),
            others: self.other_headers().map(|header| header.map(|(header, text)| (header, V::from_text(text)))),
        }
    }
}
