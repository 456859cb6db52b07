//! The client's side: see the [parent](super).

mod error;
mod future;
mod layer;
#[cfg(feature = "follow-redirect")]
mod redirect;
mod service;

pub use error::GuardError;
pub use future::GuardFuture;
pub use layer::GuardLayer;
#[cfg(feature = "follow-redirect")]
pub use redirect::{GuardRedirectsLayer, GuardedRedirects, RedirectPolicy};
pub use service::GuardService;
