use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use http::Response;
use pin_project_lite::pin_project;

use super::PendingPolicy;
use crate::nesting::Nesting;

pin_project! {
    /// The response with its headers, when it is there.
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        policy: Option<PendingPolicy>,
    }
}

impl<F> ResponseFuture<F> {
    pub(super) const fn new(inner: F, policy: PendingPolicy) -> Self {
        Self { inner, policy: Some(policy) }
    }
}

impl<F, Body, Error> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<Body>, Error>>,
{
    type Output = Result<Response<Body>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let nesting = Nesting::enter();
        let mut response = ready!(this.inner.poll(context)?);
        let is_nested = nesting.is_nested();
        if let Some(policy) = this.policy.take() {
            policy.pending.deliver(&mut response, is_nested);
        }
        Poll::Ready(Ok(response))
    }
}
