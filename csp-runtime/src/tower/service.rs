use core::task::{Context, Poll};

use http::{HeaderValue, Request, Response};
use tower_service::Service;

use super::ResponseFuture;

/// Sets the header on the responses of an inner service: see the [module](super).
#[derive(Clone, Debug)]
pub struct PolicyService<S> {
    inner: S,
    value: HeaderValue,
}

impl<S> PolicyService<S> {
    pub(super) const fn new(inner: S, value: HeaderValue) -> Self {
        Self { inner, value }
    }
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for PolicyService<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
{
    type Response = Response<ResponseBody>;
    type Error = S::Error;
    type Future = ResponseFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<RequestBody>) -> Self::Future {
        ResponseFuture::new(self.inner.call(request), self.value.clone())
    }
}
