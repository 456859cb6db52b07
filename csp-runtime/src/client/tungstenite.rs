//! A guarded connector for [tungstenite](https://docs.rs/tungstenite/0.30), the blocking WebSocket client.
//!
//! ```
//! # fn run() -> Result<(), Box<dyn std::error::Error>> {
//! csp_runtime::connect_src! {
//!     static FEED = [#[cfg(debug_assertions)] "ws://localhost:*/feed"];
//! }
//! let connector = FEED.guard().tungstenite();
//! let (mut socket, response) = connector.connect("ws://localhost:3000/feed")?;
//! let message = socket.read()?;
//! # Ok(()) }
//! ```
//!
//! Errors are tungstenite's own. A refusal is a [`tungstenite::Error::Io`], in which [`Blocked::find`] finds it. A
//! redirect is the error [`tungstenite::Error::Http`]: it is not followed, where `tungstenite::connect` would follow it to
//! any host, with all headers.
//!
//! # `wss`
//!
//! TLS is for the caller to choose: [`connect_with`](GuardedConnector::connect_with) takes what puts it on a connection,
//! such as a connector of native-tls or rustls.
//!
//! ```
//! # mod native_tls {
//! #     pub struct TlsConnector;
//! #     impl TlsConnector {
//! #         pub fn new() -> std::io::Result<Self> { Ok(Self) }
//! #         pub fn connect<S>(&self, _: &str, stream: S) -> std::io::Result<S> { Ok(stream) }
//! #     }
//! # }
//! # fn run() -> Result<(), Box<dyn std::error::Error>> {
//! csp_runtime::connect_src! {
//!     static FEED = ["wss://ws.example.com"];
//! }
//! let tls = native_tls::TlsConnector::new()?;
//! let (socket, _) = FEED.guard().tungstenite().connect_with("wss://ws.example.com/live", |stream, uri| {
//!     tls.connect(uri.host().unwrap_or_default(), stream).map_err(std::io::Error::other)
//! })?;
//! # Ok(()) }
//! ```
//!
//! # What it does not protect against
//!
//! It checks connections that it makes: `tungstenite::connect` and `tungstenite::client` stay what they are. Proxies of
//! the environment are not used. What the `Host` header of a request says is not looked at. The time limit is for
//! dialling: a server that accepts and never answers is waited for.

use core::time::Duration;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::string::String;

use http::Uri;
use tungstenite::client::{IntoClientRequest, client_with_config, uri_mode};
use tungstenite::error::UrlError;
use tungstenite::handshake::client::{Request, Response};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::stream::Mode;
use tungstenite::{Error, HandshakeError, WebSocket};

use crate::{Blocked, Endpoint, Guard, connect};

/// How long one address may take, unless the caller says otherwise.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);

impl Guard {
    /// What opens WebSockets only where this guard allows.
    #[must_use]
    pub fn tungstenite(&self) -> GuardedConnector {
        GuardedConnector { guard: self.clone(), timeout: CONNECT_TIMEOUT, config: None }
    }
}

/// Opens WebSockets; none to where its guard doesn't allow.
#[derive(Clone, Debug)]
pub struct GuardedConnector {
    guard: Guard,
    timeout: Duration,
    config: Option<WebSocketConfig>,
}

impl GuardedConnector {
    /// How long one address of a host may take to answer, 30 seconds unless told otherwise.
    #[must_use]
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The sizes of buffers and messages.
    #[must_use]
    pub const fn config(mut self, config: WebSocketConfig) -> Self {
        self.config = Some(config);
        self
    }

    /// Opens a WebSocket without TLS, of a `ws` URL.
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL or an address, the URL's scheme is another one, the connection fails, or the server
    /// answers with something else than a WebSocket, which may be a redirect.
    pub fn connect(&self, request: impl IntoClientRequest) -> Result<(WebSocket<TcpStream>, Response), Error> {
        let request = request.into_client_request()?;
        let (host, port) = check(&self.guard, request.uri())?;
        refuse_tls(request.uri())?;
        self.open(request, &host, port, |stream, _| Ok(stream))
    }

    /// Opens a WebSocket on what `wrap` makes of the connection: TLS, for a `wss` URL. `wrap` is told the URL that was
    /// checked, and is asked for `ws` URLs too.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect), and if `wrap` fails.
    pub fn connect_with<S: Read + Write>(
        &self,
        request: impl IntoClientRequest,
        wrap: impl FnOnce(TcpStream, &Uri) -> io::Result<S>,
    ) -> Result<(WebSocket<S>, Response), Error> {
        let request = request.into_client_request()?;
        let (host, port) = check(&self.guard, request.uri())?;
        self.open(request, &host, port, wrap)
    }

    fn open<S: Read + Write>(
        &self,
        request: Request,
        host: &str,
        port: u16,
        wrap: impl FnOnce(TcpStream, &Uri) -> io::Result<S>,
    ) -> Result<(WebSocket<S>, Response), Error> {
        let stream = connect::dial(&self.guard.resolve(host, port)?, Some(self.timeout))?;
        stream.set_nodelay(true)?;
        let stream = wrap(stream, request.uri())?;
        client_with_config(request, stream, self.config).map_err(|error| match error {
            HandshakeError::Failure(error) => error,
            HandshakeError::Interrupted(_) => io::Error::from(io::ErrorKind::TimedOut).into(),
        })
    }
}

/// The host and the port of a URL that the guard admits.
pub(crate) fn check(guard: &Guard, uri: &Uri) -> Result<(String, u16), Error> {
    guard.check(uri).map_err(Blocked::into_io)?;
    let default_port = match uri_mode(uri)? {
        Mode::Plain => 80,
        Mode::Tls => 443,
    };
    let host = uri.host().ok_or(UrlError::NoHostName)?;
    Ok((host.into(), uri.port_u16().unwrap_or(default_port)))
}

/// Nothing that is meant to be encrypted is sent as plain text.
pub(crate) fn refuse_tls(uri: &Uri) -> Result<(), Error> {
    match uri_mode(uri)? {
        Mode::Plain => Ok(()),
        Mode::Tls => {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "a `wss` URL needs TLS, which `connect_with` takes").into())
        }
    }
}

impl IntoClientRequest for Endpoint {
    fn into_client_request(self) -> Result<Request, Error> {
        self.as_str().into_client_request()
    }
}
