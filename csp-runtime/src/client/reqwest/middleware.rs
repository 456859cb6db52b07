//! A guard among the middlewares of [`reqwest_middleware`].
//!
//! ```
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! csp_runtime::connect_src! {
//!     static BACKEND = ["https://api.example.com/v1/"];
//! }
//! let client = BACKEND.guard().reqwest_middleware(reqwest::Client::builder(), [])?;
//! let users = client.get("https://api.example.com/v1/users").send().await?.text().await?;
//! # Ok(()) }
//! ```
//!
//! # What it does not protect against
//!
//! - **Credentials** in the first URL are not seen: reqwest makes a header of them before a middleware is asked.
//! - Code that takes the plain client out of the [`ClientWithMiddleware`], by `as_ref`, or that adds a middleware below
//!   the guard: such requests are still stopped by origin, but not by path.
//!
//! And as with the [guarded client](super).

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use csp_core::{AddressKind, Disposition, Target, address_of_host};
use http::Extensions;
use reqwest::{ClientBuilder, Request, Response, Url};
use reqwest_middleware::{ClientWithMiddleware, Error, Middleware, Next};

use crate::Guard;

impl Guard {
    /// A client with middlewares that connects only where this guard allows.
    ///
    /// The guard comes after the `outer` ones, which may change the URL. Below it is a client whose redirects, addresses
    /// and connections are guarded too; the builder's redirect policy, resolver and proxies are replaced.
    ///
    /// # Errors
    ///
    /// As [`ClientBuilder::build`].
    pub fn reqwest_middleware(
        &self,
        builder: ClientBuilder,
        outer: impl IntoIterator<Item = Arc<dyn Middleware>>,
    ) -> Result<ClientWithMiddleware, reqwest::Error> {
        let builder = match self.disposition() {
            Disposition::Enforce => self.with_veto(builder, Self::allows_origin),
            // There is nothing to stop, and the middleware tells the observers.
            Disposition::Report => self.prepare(builder),
        };
        let mut middlewares: Vec<Arc<dyn Middleware>> = outer.into_iter().collect();
        middlewares.push(Arc::new(GuardMiddleware::new(self.clone())));
        Ok(ClientWithMiddleware::new(builder.build()?, middlewares))
    }

    /// Whether a source covers anything of an origin, and its host is no address that is refused.
    fn allows_origin(&self, origin: &Url) -> bool {
        let target = Target::from(origin);
        let kind = address_of_host(target.host()).map(AddressKind::of);
        // As browsers do of redirects: whatever the path.
        self.policy().table().covers(&self.request(target).redirected(true))
            && !kind.is_some_and(|kind| self.refuses_address(kind))
    }
}

/// Checks the first URL of a request. It must be the last middleware, and **sees neither redirects nor addresses**:
/// [`Guard::reqwest_middleware`] makes a client that does.
///
/// The error is [`Error::Middleware`]; [`Blocked::find`](crate::Blocked::find) finds the refusal in it.
#[derive(Clone, Debug)]
pub struct GuardMiddleware {
    guard: Guard,
}

impl GuardMiddleware {
    /// A middleware that asks this guard.
    #[must_use]
    pub const fn new(guard: Guard) -> Self {
        Self { guard }
    }
}

#[async_trait::async_trait]
impl Middleware for GuardMiddleware {
    async fn handle(&self, request: Request, extensions: &mut Extensions, next: Next<'_>) -> Result<Response, Error> {
        self.guard.check(request.url()).map_err(Error::middleware)?;
        next.run(request, extensions).await
    }
}
