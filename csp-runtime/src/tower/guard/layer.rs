use tower_layer::Layer;

use super::GuardService;
use crate::Guard;

/// Guards the clients below it: see the [module](crate::tower).
#[derive(Clone, Debug)]
pub struct GuardLayer {
    guard: Guard,
}

impl Guard {
    /// The layer that guards a client. It belongs right around the client, below whatever follows redirects or changes
    /// URLs.
    ///
    /// It isn't named as [`Policy::layer`](crate::Policy::layer) is, which a client would take as well, and be unguarded.
    #[must_use]
    pub fn client_layer(&self) -> GuardLayer {
        GuardLayer { guard: self.clone() }
    }
}

impl<S> Layer<S> for GuardLayer {
    type Service = GuardService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        GuardService::new(self.guard.clone(), inner)
    }
}
