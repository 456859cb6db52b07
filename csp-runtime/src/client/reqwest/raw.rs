//! A plain [`reqwest::Client`] for code that takes nothing else, such as the SDK of a service.
//!
//! ```
//! csp_runtime::connect_src! {
//!     static PAYMENTS = ["https://api.payments.example"];
//! }
//! let client: reqwest::Client = PAYMENTS.guard().reqwest_raw(reqwest::Client::builder())?;
//! # Ok::<(), reqwest::Error>(())
//! ```
//!
//! # What it does not protect against
//!
//! Such a client's requests can't be seen before they are sent; its connections can. So the guard is weaker than that of
//! a [`GuardedClient`](super::GuardedClient):
//!
//! - The first URL is checked by scheme, host and port. **Its path is not seen**, so a source with a path covers nothing
//!   here: declare the origin for such a client. Redirects are checked with their paths.
//! - **Credentials** in the first URL are not seen; those in redirects are.
//! - Observers hear of refusals, but not of what is admitted at first. In an audit they hear of each origin once, or
//!   more often if there are over a thousand.
//! - With `unix_socket` or `windows_named_pipe` in the builder, reqwest asks nobody where a connection goes.
//!
//! The error of a refused request is reqwest's; [`Blocked::find`](crate::Blocked::find) finds the refusal in it.

use alloc::sync::Arc;

use reqwest::{Client, ClientBuilder, Url};

use super::resolver::Resolver;
use super::{redirects, veto};
use crate::Guard;

impl Guard {
    /// A plain client for third-party code, whose connections go only where this guard allows: **by origin, without the
    /// path** of the first URL. See the [module](crate::reqwest::raw).
    ///
    /// The builder's redirect policy, resolver and proxies are replaced.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`].
    pub fn reqwest_raw(&self, builder: ClientBuilder) -> Result<Client, reqwest::Error> {
        self.with_veto(builder, |guard, origin| guard.allows(origin)).build()
    }

    /// `allowed` is asked for the origin of each connection.
    pub(super) fn with_veto(&self, builder: ClientBuilder, allowed: fn(&Self, &Url) -> bool) -> ClientBuilder {
        let (proxy, refusals) = veto::proxy(self, allowed);
        let resolver = Resolver::of_veto(self.clone(), refusals);
        builder.no_proxy().proxy(proxy).redirect(redirects::policy(self)).dns_resolver(Arc::new(resolver))
    }
}
