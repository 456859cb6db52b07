//! Tower layers: one sets a policy's headers on a server's responses, the other guards a client's
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
//! `PAGE.layer()` sets the headers on every response below it: on those of handlers, and on those that a router makes by
//! itself, such as 404. Put it around what makes pages of errors, or they have no policy.
//!
//! ## Routes with policies of their own
//!
//! Where an inner layer of ours has set a policy, or a handler has returned one, the inner one counts. It counts for its
//! disposition: a policy that only reports stands beside one that is enforced.
//!
//! This holds where layers run in one task, as those of a router do. Around a response that was made in another task, both
//! policies apply.
//!
//! ## Somebody else's policy
//!
//! A `Content-Security-Policy` that something else has set, such as a framework's preset or a proxied server, is never
//! weakened by default: ours is another one, and browsers enforce both.
//!
//! Where that is too strict, `PAGE.layer().merging()` puts the directives into each of the other policies of the same
//! disposition: in place of theirs of that name, and behind the rest, which stays. A preset without `connect-src`, whose
//! `default-src` decides for connections, has the declared one then. `insecure_overriding("reason")` removes the other
//! policies. `Reporting-Endpoints` is added in any case, since names that others have given stay valid.
//!
//! ## Nonces
//!
//! With the feature `nonce`, the layer of a [`NoncePolicy`](crate::NoncePolicy) makes a [`Nonce`](crate::Nonce) for each
//! request and leaves it among the request's extensions before the handler runs. Layers around each other share it. A cache
//! below the layer keeps pages with nonces that are no longer valid: their scripts don't run. A cache around it sends the
//! same nonce again and again, which protects nothing.
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
mod pending;
mod service;

pub use future::ResponseFuture;
pub use guard::{GuardError, GuardFuture, GuardLayer, GuardService};
#[cfg(feature = "follow-redirect")]
pub use guard::{GuardRedirectsLayer, GuardedRedirects, RedirectPolicy};
pub use layer::PolicyLayer;
pub use pending::PendingPolicy;
pub use service::PolicyService;
