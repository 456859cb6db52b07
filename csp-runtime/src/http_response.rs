//! Policies on responses with headers of the crate `http` 1.

use alloc::vec::Vec;

use csp_core::{Disposition, merge_policies};
use http::header::Entry;
use http::{Extensions, HeaderMap, HeaderValue, Response};

#[cfg(feature = "nonce")]
use crate::ResponsePolicy;
use crate::deliver::{Mode, ResponseHeaders};
use crate::delivery::Delivery;
use crate::response_header::ResponseHeader;
use crate::{ExtendedPolicy, Policy, nesting};

/// What has the headers of a response.
pub(crate) trait HttpResponse {
    fn headers(&mut self) -> &mut HeaderMap;

    fn extensions(&self) -> &Extensions;

    fn extensions_mut(&mut self) -> &mut Extensions;
}

impl<Body> HttpResponse for Response<Body> {
    fn headers(&mut self) -> &mut HeaderMap {
        self.headers_mut()
    }

    fn extensions(&self) -> &Extensions {
        self.extensions()
    }

    fn extensions_mut(&mut self) -> &mut Extensions {
        self.extensions_mut()
    }
}

/// The two, wherever they are.
pub(crate) struct HttpParts<'r> {
    pub(crate) headers: &'r mut HeaderMap,
    pub(crate) extensions: &'r mut Extensions,
}

impl HttpResponse for HttpParts<'_> {
    fn headers(&mut self) -> &mut HeaderMap {
        self.headers
    }

    fn extensions(&self) -> &Extensions {
        self.extensions
    }

    fn extensions_mut(&mut self) -> &mut Extensions {
        self.extensions
    }
}

/// Among a response's extensions: which of its policies are ours.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    enforced: bool,
    reported: bool,
}

impl<Parts: HttpResponse> ResponseHeaders for Parts {
    type Value = HeaderValue;

    fn is_marked(&self, disposition: Disposition) -> bool {
        self.extensions().get::<Marks>().is_some_and(|marks| match disposition {
            Disposition::Enforce => marks.enforced,
            Disposition::Report => marks.reported,
        })
    }

    fn mark(&mut self, disposition: Disposition) {
        let marks = self.extensions_mut().get_or_insert_default::<Marks>();
        match disposition {
            Disposition::Enforce => marks.enforced = true,
            Disposition::Report => marks.reported = true,
        }
    }

    fn add(&mut self, header: ResponseHeader, value: HeaderValue) {
        match self.headers().entry(header.name()) {
            Entry::Occupied(entry) if entry.iter().any(|there| *there == value) => {}
            Entry::Occupied(mut entry) => entry.append(value),
            Entry::Vacant(entry) => {
                entry.insert(value);
            }
        }
    }

    fn merge(&mut self, header: ResponseHeader, declared: &HeaderValue) -> bool {
        let Ok(declared) = declared.to_str() else { return false };
        let Entry::Occupied(mut entry) = self.headers().entry(header.name()) else { return false };
        let merged = merge_policies(entry.iter().map(HeaderValue::as_bytes), declared);
        let Ok(values) = merged.into_iter().map(HeaderValue::try_from).collect::<Result<Vec<_>, _>>() else {
            return false;
        };
        let mut values = values.into_iter();
        let Some(first) = values.next() else { return false };
        entry.insert(first);
        values.for_each(|value| entry.append(value));
        true
    }

    fn replace(&mut self, header: ResponseHeader, value: HeaderValue) {
        self.headers().insert(header.name(), value);
    }
}

impl Policy {
    /// Sets this policy's headers on a response, for handlers that make one of the crate `http`: as an inner
    /// [layer](crate::tower) does, so that one further out leaves them.
    ///
    /// ```
    /// # csp_runtime::policy! { static ADMIN = { use_defaults: true }; }
    /// let mut response = http::Response::new("admin");
    /// ADMIN.apply_to(&mut response);
    /// assert_eq!(response.headers()["content-security-policy"], ADMIN.header());
    /// ```
    pub fn apply_to<Body>(&self, response: &mut Response<Body>) {
        apply(self.delivery(), response);
    }
}

impl ExtendedPolicy {
    /// As [`Policy::apply_to`].
    pub fn apply_to<Body>(&self, response: &mut Response<Body>) {
        apply(self.delivery(), response);
    }
}

#[cfg(feature = "nonce")]
impl ResponsePolicy {
    /// As [`Policy::apply_to`].
    pub fn apply_to<Body>(&self, response: &mut Response<Body>) {
        apply(self.delivery(), response);
    }
}

/// As an inner layer does.
pub(crate) fn apply(delivery: Delivery<HeaderValue>, response: &mut impl HttpResponse) {
    delivery.deliver(response, Mode::Append, nesting::is_inside());
}
