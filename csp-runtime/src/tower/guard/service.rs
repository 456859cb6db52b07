use alloc::boxed::Box;
use core::error::Error;
use core::task::{Context, Poll};

use http::Request;
use tower_service::Service;

use super::{GuardError, GuardFuture};
use crate::{Blocked, Guard};

/// A client whose requests can't be sent unchecked: see the [module](crate::tower).
///
/// It doesn't hand the client out.
#[derive(Clone, Debug)]
pub struct GuardService<S> {
    guard: Guard,
    inner: S,
}

impl<S> GuardService<S> {
    /// Guards a client.
    #[must_use]
    pub const fn new(guard: Guard, inner: S) -> Self {
        Self { guard, inner }
    }

    /// The guard.
    #[must_use]
    pub const fn guard(&self) -> &Guard {
        &self.guard
    }

    fn check<B>(&self, request: &Request<B>) -> Result<(), Blocked> {
        #[cfg(feature = "follow-redirect")]
        if let Some(hop) = super::redirect::Hop::of(request) {
            return hop.check(&self.guard, request.uri());
        }
        self.guard.check(request.uri())
    }
}

impl<S, B> Service<Request<B>> for GuardService<S>
where
    S: Service<Request<B>>,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = S::Response;
    type Error = GuardError;
    type Future = GuardFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context).map_err(GuardError::of_inner)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        GuardFuture::new(self.check(&request), || self.inner.call(request))
    }
}
