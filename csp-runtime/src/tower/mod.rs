//! Tower layers: one sets the `Content-Security-Policy` header on a server's responses, the other guards a client's
//! requests.
//!
//! ```
//! # csp_runtime::connect_src! { static SHOP = [self]; }
//! # csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
//! use tower_layer::Layer as _;
//!
//! # let (service, client) = ((), ());
//! let service = SHOP.layer().layer(service);
//! let client = BACKEND.guard().client_layer().layer(client);
//! ```
//!
//! # Servers: [`PolicyLayer`]
//!
//! A layer never weakens what is there: a `Content-Security-Policy` of somebody else stays on the response and ours is
//! added, so that browsers enforce both. Where an inner layer of ours has set one already, the inner one counts, so that
//! a route can have a policy of its own.
//!
//! # Clients: [`GuardLayer`]
//!
//! Each request's URL is checked before the client sees it, whether a connection is open already or not. **The guard
//! belongs below what follows redirects**: a guard around a client that follows them by itself sees the first URL only.
//! With the feature `follow-redirect`, the right order can't be missed:
//!
#![cfg_attr(feature = "follow-redirect", doc = "```")]
#![cfg_attr(not(feature = "follow-redirect"), doc = "```ignore")]
//! # csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
//! use tower_layer::Layer as _;
//!
//! # let client = ();
//! let client = BACKEND.guard().client_layer().follow_redirects().layer(client);
//! ```
//!
//! # What the guard does not protect against
//!
//! A client that follows redirects by itself, a proxy that the client uses, a URL that a layer below changes, a `host`
//! header that names another host than the URL. It looks at names and at hosts that are addresses; what a name resolves
//! to is for the client's resolver to look at, which has to ask [`Guard::resolve`](crate::Guard::resolve).

mod future;
mod guard;
mod layer;
mod service;

pub use future::ResponseFuture;
pub use guard::{GuardError, GuardFuture, GuardLayer, GuardService};
#[cfg(feature = "follow-redirect")]
pub use guard::{GuardRedirectsLayer, GuardedRedirects, RedirectPolicy};
pub use layer::PolicyLayer;
pub use service::PolicyService;
