//! axum: nonces as extractors, policies as parts of responses. The layer is tower's.

use core::convert::Infallible;

use axum_core::response::{IntoResponseParts, ResponseParts};
use http::{Extensions, HeaderMap};

use crate::http_response::{HttpResponse, apply};
use crate::{ExtendedPolicy, Policy};

/// `(&PAGE, Html("…"))` is a response under the policy. A layer of ours further out leaves it as it is.
impl IntoResponseParts for &'static Policy {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        apply(self.delivery(), &mut parts);
        Ok(parts)
    }
}

/// As for [`Policy`].
impl IntoResponseParts for &ExtendedPolicy {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        apply(self.delivery(), &mut parts);
        Ok(parts)
    }
}

impl HttpResponse for ResponseParts {
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

#[cfg(feature = "nonce")]
mod nonce {
    use axum_core::extract::{FromRequestParts, OptionalFromRequestParts};
    use axum_core::response::{IntoResponse, Response};
    use http::StatusCode;
    use http::request::Parts;

    use super::{Infallible, IntoResponseParts, ResponseParts, apply};
    use crate::{MissingNonce, Nonce, ResponsePolicy};

    /// `(PAGE.with_nonce(nonce), Html("…"))`: as for [`Policy`](crate::Policy).
    impl IntoResponseParts for ResponsePolicy {
        type Error = Infallible;

        fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
            apply(self.delivery(), &mut parts);
            Ok(parts)
        }
    }

    /// The nonce that a layer has left with the request.
    impl<S: Sync> FromRequestParts<S> for Nonce {
        type Rejection = MissingNonce;

        async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, MissingNonce> {
            let help = "put `.layer(PAGE.layer())` around the route, of a policy with `nonce` in a list";
            parts.extensions.get::<Self>().copied().ok_or(MissingNonce { help })
        }
    }

    impl<S: Sync> OptionalFromRequestParts<S> for Nonce {
        type Rejection = Infallible;

        async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Infallible> {
            Ok(parts.extensions.get::<Self>().copied())
        }
    }

    impl IntoResponse for MissingNonce {
        fn into_response(self) -> Response {
            (StatusCode::INTERNAL_SERVER_ERROR, alloc::string::ToString::to_string(&self)).into_response()
        }
    }
}
