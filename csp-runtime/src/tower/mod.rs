//! A tower layer that sets the `Content-Security-Policy` header on every response.
//!
//! ```
//! # csp_runtime::connect_src! { static SHOP = [self]; }
//! use tower_layer::Layer as _;
//!
//! # let service = ();
//! let service = SHOP.layer().layer(service);
//! ```
//!
//! A layer never weakens what is there: a `Content-Security-Policy` of somebody else stays on the response and ours is
//! added, so that browsers enforce both. Where an inner layer of ours has set one already, the inner one counts, so that
//! a route can have a policy of its own.

mod future;
mod layer;
mod service;

pub use future::ResponseFuture;
pub use layer::PolicyLayer;
pub use service::PolicyService;
