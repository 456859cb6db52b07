use alloc::boxed::Box;
use core::error::Error;
use core::task::{Context, Poll};

use http::Uri;
use tower_service::Service;

use crate::Guard;
use crate::tower::{GuardError, GuardFuture};

/// A connector that connects only to origins that the guard allows. It doesn't see paths, so **a source with a path covers
/// nothing here**: declare the origin.
///
/// It isn't asked where a connection is open already. A [`GuardedClient`](super::GuardedClient) looks at each request,
/// and needs no guarded connector beside.
#[derive(Clone, Debug)]
pub struct GuardConnector<C> {
    guard: Guard,
    inner: C,
}

impl<C> GuardConnector<C> {
    /// Guards a connector.
    #[must_use]
    pub const fn new(guard: Guard, inner: C) -> Self {
        Self { guard, inner }
    }
}

impl<C> Service<Uri> for GuardConnector<C>
where
    C: Service<Uri>,
    C::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = C::Response;
    type Error = GuardError;
    type Future = GuardFuture<C::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context).map_err(GuardError::of_inner)
    }

    fn call(&mut self, origin: Uri) -> Self::Future {
        GuardFuture::new(self.guard.check(&origin), || self.inner.call(origin))
    }
}
