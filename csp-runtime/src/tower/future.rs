use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use http::{HeaderValue, Response};
use pin_project_lite::pin_project;

use crate::CONTENT_SECURITY_POLICY;

pin_project! {
    /// The response with its header, when it is there.
    #[derive(Debug)]
    pub struct ResponseFuture<F> {
        #[pin]
        inner: F,
        value: Option<HeaderValue>,
    }
}

impl<F> ResponseFuture<F> {
    pub(super) const fn new(inner: F, value: HeaderValue) -> Self {
        Self { inner, value: Some(value) }
    }
}

/// Among a response's extensions: a layer of ours has set the header.
#[derive(Clone, Copy, Debug)]
struct Applied;

impl<F, Body, Error> Future for ResponseFuture<F>
where
    F: Future<Output = Result<Response<Body>, Error>>,
{
    type Output = Result<Response<Body>, Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut response = ready!(this.inner.poll(context)?);
        if response.extensions().get::<Applied>().is_none()
            && let Some(value) = this.value.take()
        {
            response.headers_mut().append(CONTENT_SECURITY_POLICY, value);
            response.extensions_mut().insert(Applied);
        }
        Poll::Ready(Ok(response))
    }
}
