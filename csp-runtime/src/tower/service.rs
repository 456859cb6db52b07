use core::task::{Context, Poll};

use http::{Request, Response};
use tower_service::Service;

use super::{PolicyLayer, ResponseFuture};

/// Sets the headers on the responses of an inner service: see the [module](super).
#[derive(Clone, Debug)]
pub struct PolicyService<S> {
    inner: S,
    layer: PolicyLayer,
}

impl<S> PolicyService<S> {
    pub(super) const fn new(inner: S, layer: PolicyLayer) -> Self {
        Self { inner, layer }
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

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        let policy = self.layer.on_request(request.extensions_mut());
        ResponseFuture::new(self.inner.call(request), policy)
    }
}
