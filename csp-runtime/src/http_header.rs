//! The headers in the types of the crate `http` 1.

#[cfg(feature = "nonce")]
use alloc::borrow::Cow;
#[cfg(feature = "nonce")]
use alloc::vec::Vec;

use csp_core::Disposition;
use http::{HeaderName, HeaderValue};

use crate::delivery::Delivery;
#[cfg(any(feature = "nonce", feature = "tower"))]
use crate::delivery::Value;
use crate::response_header::{OTHERS, ResponseHeader};
#[cfg(feature = "nonce")]
use crate::{ExtendedNoncePolicy, Nonce, NoncePolicy, ResponsePolicy};
use crate::{ExtendedPolicy, Policy};

/// The name of the header.
pub const CONTENT_SECURITY_POLICY: HeaderName = http::header::CONTENT_SECURITY_POLICY;

/// The name of the header of policies that only report.
pub const CONTENT_SECURITY_POLICY_REPORT_ONLY: HeaderName = http::header::CONTENT_SECURITY_POLICY_REPORT_ONLY;

/// The name of the header that says where reports go.
pub const REPORTING_ENDPOINTS: HeaderName = HeaderName::from_static("reporting-endpoints");

impl ResponseHeader {
    pub(crate) const fn name(self) -> HeaderName {
        match self {
            Self::Policy(Disposition::Enforce) => CONTENT_SECURITY_POLICY,
            Self::Policy(Disposition::Report) => CONTENT_SECURITY_POLICY_REPORT_ONLY,
            Self::ReportingEndpoints => REPORTING_ENDPOINTS,
            Self::ConnectionAllowlist(Disposition::Enforce) => HeaderName::from_static("connection-allowlist"),
            Self::ConnectionAllowlist(Disposition::Report) => {
                HeaderName::from_static("connection-allowlist-report-only")
            }
        }
    }
}

/// The headers that go with a policy's own, ready for responses.
type Others = [Option<(ResponseHeader, HeaderValue)>; OTHERS];

impl Policy {
    /// The value of the header as a `HeaderValue`; a const, so that a response costs a copy.
    ///
    /// ```
    /// use http::HeaderValue;
    ///
    /// csp_runtime::connect_src! { static SHOP = [self]; }
    /// const CSP: HeaderValue = SHOP.header_value();
    /// assert_eq!(CSP, "connect-src 'self'");
    /// ```
    #[must_use]
    pub const fn header_value(&self) -> HeaderValue {
        HeaderValue::from_static(self.header())
    }

    const fn other_values(&self) -> Others {
        let [reporting_endpoints, connection_allowlist] = self.other_headers();
        [ready(reporting_endpoints), ready(connection_allowlist)]
    }

    /// As [`headers`](Self::headers), in the types of the crate `http`.
    pub fn http_headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> + use<> {
        self.delivery().into_headers().map(named)
    }

    pub(crate) const fn delivery(&self) -> Delivery<HeaderValue> {
        Delivery { disposition: self.disposition(), value: self.header_value(), others: self.other_values() }
    }
}

impl ExtendedPolicy {
    /// The value of the header as a `HeaderValue`.
    ///
    /// # Panics
    ///
    /// Never: what the strict parser admits is printable ASCII.
    #[must_use]
    pub fn header_value(&self) -> HeaderValue {
        value_of(self.header())
    }

    /// As [`Policy::http_headers`].
    pub fn http_headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> + use<> {
        self.delivery().into_headers().map(named)
    }

    pub(crate) fn delivery(&self) -> Delivery<HeaderValue> {
        let others = self.other_headers().map(|header| header.map(|(header, text)| (header, value_of(text))));
        Delivery { disposition: self.base().disposition(), value: self.header_value(), others }
    }
}

#[cfg(feature = "nonce")]
impl NoncePolicy {
    /// As [`header`](Self::header), as a `HeaderValue`: one allocation.
    ///
    /// # Panics
    ///
    /// Never: declarations and nonces are printable ASCII.
    #[must_use]
    pub fn header_value(&self, nonce: &Nonce) -> HeaderValue {
        Value::from_bytes(self.header_bytes(nonce))
    }
}

#[cfg(feature = "nonce")]
impl ExtendedNoncePolicy {
    /// As [`NoncePolicy::header_value`].
    ///
    /// # Panics
    ///
    /// Never: declarations, additions and nonces are printable ASCII.
    #[must_use]
    pub fn header_value(&self, nonce: &Nonce) -> HeaderValue {
        Value::from_bytes(self.header_bytes(nonce))
    }
}

#[cfg(feature = "nonce")]
impl ResponsePolicy {
    /// As [`headers`](Self::headers), in the types of the crate `http`.
    pub fn http_headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> + use<> {
        self.delivery().into_headers().map(named)
    }
}

/// Of what the strict parser has admitted, and so is printable ASCII.
#[expect(clippy::expect_used, reason = "the strict parser admits printable ASCII only")]
fn value_of(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("sources are printable ASCII")
}

const fn ready(header: Option<(ResponseHeader, &'static str)>) -> Option<(ResponseHeader, HeaderValue)> {
    match header {
        Some((header, value)) => Some((header, HeaderValue::from_static(value))),
        None => None,
    }
}

fn named((header, value): (ResponseHeader, HeaderValue)) -> (HeaderName, HeaderValue) {
    (header.name(), value)
}

#[cfg(any(feature = "nonce", feature = "tower"))]
impl Value for HeaderValue {
    #[cfg(feature = "nonce")]
    fn from_text(text: Cow<'static, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::from_static(text),
            Cow::Owned(text) => value_of(&text),
        }
    }

    #[cfg(feature = "nonce")]
    #[expect(clippy::expect_used, reason = "declarations, additions and nonces are printable ASCII")]
    fn from_bytes(bytes: Vec<u8>) -> Self {
        Self::try_from(bytes).expect("declarations, additions and nonces are printable ASCII")
    }
}
