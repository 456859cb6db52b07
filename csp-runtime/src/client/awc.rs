//! A guarded [awc](https://docs.rs/awc/3) client, of the actix family.
//!
//! ```
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use awc::middleware::Redirect;
//! use awc::{Client, Connector};
//!
//! csp_runtime::connect_src! {
//!     static BACKEND = ["https://api.example.com/v1/"];
//! }
//! let client = BACKEND.guard().awc(Client::builder(), Connector::new(), Redirect::new());
//! let users = client.get("https://api.example.com/v1/users").send().await?.body().await?;
//! # Ok(()) }
//! ```
//!
//! The client is awc's own. The guard stands between its redirects and its connections, so that it sees the whole URL of
//! every request and of every redirect, and resolves names for it. WebSockets are checked too, `http` URLs of them as
//! `ws`. A refusal is a [`SendRequestError::Connect`], in which [`Blocked::find`] finds it; awc's errors have no
//! `source()`. TLS is what awc's own features bring.
//!
//! # What it does not protect against
//!
//! [`ClientRequest::address`](awc::ClientRequest::address) dials an address without resolving, after redirects too: the
//! guard looks at it, but can't tell whether it is one of the host's. The guarded connections are of this client only:
//! `awc::Client::default()` has no guard. awc uses no proxy. What the `Host` header of a request says is not looked at.

use core::cell::RefCell;
use core::error::Error as StdError;
use core::future::{Future, ready};
use core::pin::Pin;
use core::task::{Context, Poll};
use std::boxed::Box;
use std::net::SocketAddr;
use std::rc::Rc;
use std::string::{String, ToString};
use std::vec::Vec;

use actix_service::Service;
use actix_tls::connect::{
    ConnectError as TcpConnectError, ConnectInfo, Connection, Connector as TcpConnector, Resolve, Resolver,
};
use awc::error::{ConnectError, SendRequestError, WsClientError};
use awc::http::Uri;
use awc::middleware::{Redirect, Transform};
use awc::{Client, ClientBuilder, ConnectRequest, ConnectResponse, Connector};
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;

use crate::{Blocked, Guard, Reason};

type LocalFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

impl Guard {
    /// A client that connects only where this guard allows: [the module](crate::awc) tells how, and what its limits are.
    ///
    /// `connector` brings TLS and time limits, and `redirect` says how many redirects are followed: both replace the
    /// builder's own, which can't be looked at. A builder with middleware is not taken: it could change what is checked.
    #[must_use]
    pub fn awc<S, C>(&self, builder: ClientBuilder<S>, connector: Connector<C>, redirect: Redirect) -> Client
    where
        S: Service<ConnectInfo<Uri>, Response = Connection<Uri, TcpStream>, Error = TcpConnectError> + Clone + 'static,
    {
        let resolver = Resolver::custom(GuardedResolver { guard: self.clone() });
        let connector = connector.connector(TcpConnector::new(resolver).service());
        let layer = GuardLayer { guard: self.clone(), redirect };
        builder.connector(connector).disable_redirects().wrap(layer).finish()
    }
}

/// Redirects around the guard, so that it is asked for each; and around them what knows where a call begins.
struct GuardLayer {
    guard: Guard,
    redirect: Redirect,
}

impl<S> Transform<S, ConnectRequest> for GuardLayer
where
    S: Service<ConnectRequest, Response = ConnectResponse, Error = SendRequestError> + 'static,
    S::Future: 'static,
{
    type Transform = CallService<<Redirect as Transform<HopService<S>, ConnectRequest>>::Transform>;

    fn new_transform(self, service: S) -> Self::Transform {
        let hops = HopService { service, guard: self.guard };
        CallService { service: Rc::new(self.redirect.new_transform(hops)) }
    }
}

/// A call of a client, with its redirects.
struct Call {
    /// How many requests were made.
    requests: u32,
    /// The URL of the last one.
    url: String,
}

tokio::task_local! {
    static CALL: RefCell<Call>;
}

/// Begins a call.
struct CallService<S> {
    service: Rc<S>,
}

impl<S> Service<ConnectRequest> for CallService<S>
where
    S: Service<ConnectRequest, Response = ConnectResponse, Error = SendRequestError> + 'static,
{
    type Response = ConnectResponse;
    type Error = SendRequestError;
    type Future = LocalFuture<'static, Result<ConnectResponse, SendRequestError>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), SendRequestError>> {
        self.service.poll_ready(context)
    }

    fn call(&self, request: ConnectRequest) -> Self::Future {
        let service = Rc::clone(&self.service);
        let call = RefCell::new(Call { requests: 0, url: String::new() });
        Box::pin(CALL.scope(call, async move { service.call(request).await }))
    }
}

/// Asks the guard before each request.
struct HopService<S> {
    service: S,
    guard: Guard,
}

impl<S> Service<ConnectRequest> for HopService<S>
where
    S: Service<ConnectRequest, Response = ConnectResponse, Error = SendRequestError>,
    S::Future: 'static,
{
    type Response = ConnectResponse;
    type Error = SendRequestError;
    type Future = LocalFuture<'static, Result<ConnectResponse, SendRequestError>>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), SendRequestError>> {
        self.service.poll_ready(context)
    }

    fn call(&self, request: ConnectRequest) -> Self::Future {
        match check(&self.guard, &request) {
            Ok(()) => Box::pin(self.service.call(request)),
            Err(blocked) => Box::pin(ready(Err(ConnectError::Io(blocked.into_io()).into()))),
        }
    }
}

fn check(guard: &Guard, request: &ConnectRequest) -> Result<(), Blocked> {
    let (uri, text, address) = match request {
        ConnectRequest::Client(head, _, address) => (&head.as_ref().uri, head.as_ref().uri.to_string(), address),
        ConnectRequest::Tunnel(head, address) => (&head.uri, websocket_url(&head.uri), address),
    };
    let redirect = next_hop(&text);
    match (current_uri(uri, &text), &redirect) {
        (Some(uri), None) => guard.check(&uri)?,
        (Some(uri), Some((redirect_count, from))) => guard.check_redirect(&uri, *redirect_count, from)?,
        (None, _) => guard.refuse(guard.blocked(text, Reason::NotCanonical))?,
    }
    match address {
        Some(address) => guard.check_addresses(uri.host().unwrap_or_default(), [address.ip()]),
        None => Ok(()),
    }
}

/// awc's URI as one of today's crate `http`, if both read it in the same way.
fn current_uri(uri: &Uri, text: &str) -> Option<http::Uri> {
    let current: http::Uri = text.parse().ok()?;
    let same = uri.host() == current.host()
        && uri.authority().map(ToString::to_string) == current.authority().map(ToString::to_string)
        && uri.port_u16() == current.port_u16()
        && uri.path() == current.path();
    same.then_some(current)
}

/// awc opens WebSockets of `http` URLs too; `https` covers no `wss`.
fn websocket_url(uri: &Uri) -> String {
    let text = uri.to_string();
    match text.strip_prefix("http") {
        Some(rest) => String::from("ws") + rest,
        None => text,
    }
}

/// How many redirects led to this URL, and the one that redirected to it.
fn next_hop(url: &str) -> Option<(u32, String)> {
    let next = |call: &RefCell<Call>| {
        let mut call = call.borrow_mut();
        let from = core::mem::replace(&mut call.url, url.into());
        let redirect_count = call.requests;
        call.requests = redirect_count.saturating_add(1);
        (redirect_count > 0).then_some((redirect_count, from))
    };
    CALL.try_with(next).ok().flatten()
}

struct GuardedResolver {
    guard: Guard,
}

impl Resolve for GuardedResolver {
    fn lookup<'a>(&'a self, host: &'a str, port: u16) -> LocalFuture<'a, Result<Vec<SocketAddr>, Box<dyn StdError>>> {
        let (guard, host) = (self.guard.clone(), String::from(host));
        Box::pin(async move { Ok(spawn_blocking(move || guard.resolve(&host, port)).await??) })
    }
}

pub(crate) fn hidden_source<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    if let Some(error) = error.downcast_ref() {
        return match error {
            SendRequestError::Connect(inner) => Some(inner),
            SendRequestError::Body(inner) | SendRequestError::Custom(inner, _) => Some(&**inner),
            _ => None,
        };
    }
    if let Some(WsClientError::SendRequest(inner)) = error.downcast_ref() {
        return Some(inner);
    }
    match error.downcast_ref()? {
        ConnectError::Io(inner) => Some(inner),
        ConnectError::Resolver(inner) => Some(&**inner),
        _ => None,
    }
}
