//! A guarded [hyper-util](https://docs.rs/hyper-util/0.1) client, and the parts to guard one of your own.
//!
//! ```
//! use csp_runtime::hyper::GuardedClient;
//! use hyper_util::client::legacy::Client;
//! use hyper_util::rt::TokioExecutor;
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! csp_runtime::connect_src! {
//!     static BACKEND = ["https://api.example.com/v1/"];
//! }
//! let client: GuardedClient<String> = BACKEND.guard().hyper(&Client::builder(TokioExecutor::new()));
//! let users = client.get("https://api.example.com/v1/users".parse()?).await?;
//! # Ok(()) }
//! ```
//!
//! | part | looks at |
//! |---|---|
//! | [`GuardedClient`] | the URL of every request, and the addresses of every new connection |
//! | [`GuardConnector`], around a connector | the origin of every new connection |
//! | [`GuardResolver`], of an `HttpConnector` | the addresses of every new connection to a name |
//!
//! For TLS, put a TLS connector above an `HttpConnector` with our resolver, and that into
//! [`Guard::hyper_with_connector`]; the client of [`Guard::hyper`] speaks plain HTTP, and fails for other URLs.
//!
//! # What it does not protect against
//!
//! A connector never sees paths, nor requests on a connection that is open already: where code of others takes a
//! connector and no client, a guard can hold it to the origins of the declaration and no more. The connector of
//! [`Guard::hyper_with_connector`] resolves names itself: without our resolver, nobody looks at addresses. A connector
//! that goes through a proxy leaves that to the proxy.

mod connector;
mod resolver;

use alloc::boxed::Box;
use core::error::Error;

use http::{Request, Uri};
use http_body::Body;
use hyper_util::client::legacy::connect::{Connect, HttpConnector};
use hyper_util::client::legacy::{Builder, Client, ResponseFuture};
use tower_service::Service as _;

pub use connector::GuardConnector;
pub use resolver::GuardResolver;

use crate::Guard;
use crate::tower::{GuardFuture, GuardService};

/// A client whose requests can't be sent unchecked, with bodies of type `B`. Cheap to clone, as hyper's own.
pub type GuardedClient<B, C = HttpConnector<GuardResolver>> = GuardService<Client<C, B>>;

impl Guard {
    /// A client for plain HTTP that connects only where this guard allows.
    #[must_use]
    pub fn hyper<B>(&self, builder: &Builder) -> GuardedClient<B>
    where
        B: Body + Send,
        B::Data: Send,
    {
        self.hyper_with_connector(builder, HttpConnector::new_with_resolver(self.hyper_resolver()))
    }

    /// A client with a connector of your own, such as one for TLS.
    ///
    /// ```
    /// use csp_runtime::hyper::GuardedClient;
    /// use hyper_util::client::legacy::connect::HttpConnector;
    /// use hyper_util::client::legacy::Client;
    /// use hyper_util::rt::TokioExecutor;
    ///
    /// csp_runtime::connect_src! {
    ///     static BACKEND = ["https://api.example.com"];
    /// }
    /// let guard = BACKEND.guard();
    /// let mut connector = HttpConnector::new_with_resolver(guard.hyper_resolver());
    /// connector.enforce_http(false);
    /// // A TLS connector takes this one: `HttpsConnectorBuilder::new()….wrap_connector(connector)`.
    /// let client: GuardedClient<String, _> =
    ///     guard.hyper_with_connector(&Client::builder(TokioExecutor::new()), connector);
    /// ```
    #[must_use]
    pub fn hyper_with_connector<B, C>(&self, builder: &Builder, connector: C) -> GuardedClient<B, C>
    where
        B: Body + Send,
        B::Data: Send,
        C: Connect + Clone,
    {
        GuardService::new(self.clone(), builder.build(connector))
    }

    /// Guards a connector, for code that takes one and no client: see [`GuardConnector`].
    #[must_use]
    pub fn hyper_connector<C>(&self, connector: C) -> GuardConnector<C> {
        GuardConnector::new(self.clone(), connector)
    }

    /// The resolver of `HttpConnector::new_with_resolver`.
    #[must_use]
    pub fn hyper_resolver(&self) -> GuardResolver {
        GuardResolver::new(self.clone())
    }
}

impl<C, B> GuardService<Client<C, B>>
where
    B: Body + Send + Unpin + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    C: Connect + Clone + Send + Sync + 'static,
{
    /// Checks and sends a GET request.
    pub fn get(&self, url: Uri) -> GuardFuture<ResponseFuture>
    where
        B: Default,
    {
        let mut request = Request::new(B::default());
        *request.uri_mut() = url;
        self.request(request)
    }

    /// Checks and sends a request.
    pub fn request(&self, request: Request<B>) -> GuardFuture<ResponseFuture> {
        // A client of hyper's is always ready, and its clones are one.
        self.clone().call(request)
    }
}
