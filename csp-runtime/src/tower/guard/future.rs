use alloc::boxed::Box;
use core::error::Error;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::GuardError;
use crate::Blocked;

pin_project! {
    /// The response, or the refusal.
    #[derive(Debug)]
    pub struct GuardFuture<F> {
        #[pin]
        state: State<F>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = Projected]
    enum State<F> {
        Admitted { #[pin] inner: F },
        Refused { blocked: Blocked },
    }
}

impl<F> GuardFuture<F> {
    /// Calls the inner service if the guard has admitted the call, and only then.
    pub(crate) fn new(decision: Result<(), Blocked>, call: impl FnOnce() -> F) -> Self {
        let state = match decision {
            Ok(()) => State::Admitted { inner: call() },
            Err(blocked) => State::Refused { blocked },
        };
        Self { state }
    }
}

impl<F, Response, InnerError> Future for GuardFuture<F>
where
    F: Future<Output = Result<Response, InnerError>>,
    InnerError: Into<Box<dyn Error + Send + Sync>>,
{
    type Output = Result<Response, GuardError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            Projected::Admitted { inner } => inner.poll(context).map_err(GuardError::of_inner),
            Projected::Refused { blocked } => Poll::Ready(Err(blocked.clone().into())),
        }
    }
}
