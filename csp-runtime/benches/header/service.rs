//! A service that answers at once, and what a layer makes of it.

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, Request, Response};
use tower_layer::Layer;
use tower_service::Service;

#[derive(Clone)]
pub(crate) struct Handler;

impl Service<Request<()>> for Handler {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    #[inline(never)]
    fn call(&mut self, _: Request<()>) -> Self::Future {
        let mut response = Response::new(());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        ready(Ok(response))
    }
}

/// Answers one request under a layer; whether the answer has a policy.
pub(crate) fn answer<L>(layer: &L) -> impl Fn() -> bool + use<L>
where
    L: Layer<Handler, Service: Service<Request<()>, Response = Response<()>, Error = Infallible> + Clone>,
{
    let service = layer.layer(Handler);
    move || respond(service.clone()).headers().contains_key(CONTENT_SECURITY_POLICY)
}

/// The answer to one request.
pub(crate) fn respond<S>(mut service: S) -> Response<()>
where
    S: Service<Request<()>, Response = Response<()>, Error = Infallible>,
{
    let future = pin!(service.call(Request::new(())));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(response)) => response,
        _ => unreachable!("everything is ready at once"),
    }
}
