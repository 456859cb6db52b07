//! Only addresses that the guard has looked at are dialled.

use alloc::boxed::Box;
use alloc::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::veto::Refusals;
use crate::Guard;

/// Asks [`Guard::resolve`]. Reqwest calls it for names alone: hosts that are addresses are looked at with the URL.
pub(super) struct Resolver {
    guard: Guard,
    refusals: Option<Arc<Refusals>>,
}

impl Resolver {
    pub(super) const fn new(guard: Guard) -> Self {
        Self { guard, refusals: None }
    }

    /// One that also answers the names that a veto gives to what it refuses.
    pub(super) const fn of_veto(guard: Guard, refusals: Arc<Refusals>) -> Self {
        Self { guard, refusals: Some(refusals) }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let refusal = self.refusals.as_ref().and_then(|refusals| refusals.answer(&self.guard, name.as_str()));
        let guard = self.guard.clone();
        Box::pin(async move {
            if let Some(refusal) = refusal {
                return Err(refusal.into());
            }
            // Reqwest puts the URL's port in the place of 0.
            let found = tokio::task::spawn_blocking(move || guard.resolve(name.as_str(), 0)).await??;
            Ok::<Addrs, _>(Box::new(found.into_iter()))
        })
    }
}
