//! The header in the types of the crate `http` 1.

use http::{HeaderName, HeaderValue};

use crate::{ExtendedPolicy, Policy};

/// The name of the header.
pub const CONTENT_SECURITY_POLICY: HeaderName = http::header::CONTENT_SECURITY_POLICY;

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
}

impl ExtendedPolicy {
    /// The value of the header as a `HeaderValue`.
    ///
    /// # Panics
    ///
    /// Never: what the strict parser admits is printable ASCII.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the strict parser admits printable ASCII only")]
    pub fn header_value(&self) -> HeaderValue {
        HeaderValue::from_str(self.header()).expect("sources are printable ASCII")
    }
}
