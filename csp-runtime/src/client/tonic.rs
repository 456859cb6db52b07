//! A guarded [tonic](https://docs.rs/tonic/0.14) channel.
//!
//! ```
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use tonic::transport::Endpoint;
//!
//! csp_runtime::connect_src! {
//!     static BACKEND = ["https://grpc.example.com/shop.Orders/"];
//! }
//! let channel = BACKEND.guard().tonic(&Endpoint::from_static("https://grpc.example.com")).await?;
//! // let orders = OrdersClient::new(channel);
//! # Ok(()) }
//! ```
//!
//! The origin of the endpoint is checked when the channel is made, the URL of each call when it is sent: the path of a
//! source names a service, or a method of one. The addresses of each new connection are looked at.
//!
//! # What it does not protect against
//!
//! The guard looks at what is dialled: the authority that [`Endpoint::origin`] tells the server is not looked at. What
//! takes an `Endpoint` by itself, such as `Channel::balance_list`, dials unchecked.
//! An endpoint that is a Unix socket is refused: its URL isn't where it leads.

use core::task::{Context, Poll};

use http::uri::PathAndQuery;
use http::{Request, Response, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use tonic::body::Body;
use tonic::transport::channel::ResponseFuture;
use tonic::transport::{Channel, Endpoint};
use tower_service::Service;

use crate::hyper::GuardResolver;
use crate::tower::{GuardError, GuardFuture};
use crate::{Blocked, Guard};

impl Guard {
    /// Connects to an endpoint, if this guard allows its origin.
    ///
    /// The connector is ours, with the endpoint's settings for TCP; [`Endpoint::local_address`] can't be read, and has
    /// no effect.
    ///
    /// # Errors
    ///
    /// If the guard refuses the endpoint or its addresses, or there is no connection.
    pub async fn tonic(&self, endpoint: &Endpoint) -> Result<GuardedChannel, GuardError> {
        self.check_origin(endpoint.uri())?;
        let channel = endpoint.connect_with_connector(self.tonic_connector(endpoint)).await;
        Ok(self.guarded(endpoint, channel.map_err(GuardError::of_inner)?))
    }

    /// As [`tonic`](Self::tonic), and connects with the first call.
    ///
    /// # Errors
    ///
    /// If the guard refuses the endpoint.
    pub fn tonic_lazy(&self, endpoint: &Endpoint) -> Result<GuardedChannel, Blocked> {
        self.check_origin(endpoint.uri())?;
        Ok(self.guarded(endpoint, endpoint.connect_with_connector_lazy(self.tonic_connector(endpoint))))
    }

    fn guarded(&self, endpoint: &Endpoint, channel: Channel) -> GuardedChannel {
        GuardedChannel { guard: self.clone(), dialled: endpoint.uri().clone(), channel }
    }

    /// As the connector that an endpoint makes for itself, with our resolver.
    fn tonic_connector(&self, endpoint: &Endpoint) -> HttpConnector<GuardResolver> {
        let mut connector = HttpConnector::new_with_resolver(self.hyper_resolver());
        // TLS is the endpoint's business.
        connector.enforce_http(false);
        connector.set_nodelay(endpoint.get_tcp_nodelay());
        connector.set_keepalive(endpoint.get_tcp_keepalive());
        connector.set_keepalive_interval(endpoint.get_tcp_keepalive_interval());
        connector.set_keepalive_retries(endpoint.get_tcp_keepalive_retries());
        connector.set_connect_timeout(endpoint.get_connect_timeout());
        connector
    }
}

/// A channel whose calls can't be sent unchecked; generated clients take it. Cheap to clone, as tonic's own.
#[derive(Clone, Debug)]
pub struct GuardedChannel {
    guard: Guard,
    dialled: Uri,
    channel: Channel,
}

impl GuardedChannel {
    /// The guard.
    #[must_use]
    pub const fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Where a call goes: the channel takes nothing but its path.
    fn url(&self, call: &Uri) -> Uri {
        let mut parts = self.dialled.clone().into_parts();
        parts.path_and_query = Some(call.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/")));
        // Endpoint and call are what can be put together; what isn't a URL is refused.
        Uri::from_parts(parts).unwrap_or_else(|_| call.clone())
    }
}

impl Service<Request<Body>> for GuardedChannel {
    type Response = Response<Body>;
    type Error = GuardError;
    type Future = GuardFuture<ResponseFuture>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.channel.poll_ready(context).map_err(GuardError::of_inner)
    }

    fn call(&mut self, call: Request<Body>) -> Self::Future {
        let url = self.url(call.uri());
        GuardFuture::new(self.guard.check(&url), || self.channel.call(call))
    }
}
