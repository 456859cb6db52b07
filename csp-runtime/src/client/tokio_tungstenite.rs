//! A guarded connector for [tokio-tungstenite](https://docs.rs/tokio-tungstenite/0.30), the asynchronous WebSocket client.
//!
//! ```
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! csp_runtime::connect_src! {
//!     static FEED = [#[cfg(debug_assertions)] "ws://localhost:*/feed"];
//! }
//! let connector = FEED.guard().tokio_tungstenite();
//! let (socket, response) = connector.connect("ws://localhost:3000/feed").await?;
//! # Ok(()) }
//! ```
//!
//! Names are resolved on a thread that may block. Errors are as in the module [`tungstenite`](crate::tungstenite), and
//! redirects are not followed either.
//!
//! # `wss`
//!
//! TLS is for the caller to choose: [`connect_with`](GuardedConnector::connect_with) takes what puts it on a connection,
//! such as a connector of tokio-rustls or tokio-native-tls.
//!
//! ```
//! # mod tokio_native_tls {
//! #     pub struct TlsConnector;
//! #     impl TlsConnector {
//! #         pub async fn connect<S>(&self, _: &str, stream: S) -> std::io::Result<S> { Ok(stream) }
//! #     }
//! # }
//! # async fn run(tls: tokio_native_tls::TlsConnector) -> Result<(), Box<dyn std::error::Error>> {
//! csp_runtime::connect_src! {
//!     static FEED = ["wss://ws.example.com"];
//! }
//! let connector = FEED.guard().tokio_tungstenite();
//! let (socket, _) = connector.connect_with("wss://ws.example.com/live", async |stream, uri| {
//!     tls.connect(uri.host().unwrap_or_default(), stream).await.map_err(std::io::Error::other)
//! }).await?;
//! # Ok(()) }
//! ```
//!
//! # What it does not protect against
//!
//! It checks connections that it makes: `connect_async` and `client_async` stay what they are. Proxies of the environment
//! are not used. What the `Host` header of a request says is not looked at. The time limit is for dialling.

use core::future::Future;
use core::time::Duration;
use std::io;
use std::net::SocketAddr;
use std::string::String;

use http::Uri;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use tungstenite::Error;
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::client::{Request, Response};
use tungstenite::protocol::WebSocketConfig;

use crate::Guard;
use crate::client::tungstenite::{CONNECT_TIMEOUT, check, refuse_tls};

impl Guard {
    /// What opens WebSockets only where this guard allows, asynchronously.
    #[must_use]
    pub fn tokio_tungstenite(&self) -> GuardedConnector {
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
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime with I/O and time.
    pub async fn connect(
        &self,
        request: impl IntoClientRequest,
    ) -> Result<(WebSocketStream<TcpStream>, Response), Error> {
        let request = request.into_client_request()?;
        let (host, port) = check(&self.guard, request.uri())?;
        refuse_tls(request.uri())?;
        self.open(request, host, port, async |stream, _| Ok(stream)).await
    }

    /// Opens a WebSocket on what `wrap` makes of the connection: TLS, for a `wss` URL. `wrap` is told the URL that was
    /// checked, and is asked for `ws` URLs too.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect), and if `wrap` fails.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime with I/O and time.
    pub async fn connect_with<S, F>(
        &self,
        request: impl IntoClientRequest,
        wrap: impl FnOnce(TcpStream, Uri) -> F,
    ) -> Result<(WebSocketStream<S>, Response), Error>
    where
        S: AsyncRead + AsyncWrite + Unpin,
        F: Future<Output = io::Result<S>>,
    {
        let request = request.into_client_request()?;
        let (host, port) = check(&self.guard, request.uri())?;
        self.open(request, host, port, wrap).await
    }

    async fn open<S, F>(
        &self,
        request: Request,
        host: String,
        port: u16,
        wrap: impl FnOnce(TcpStream, Uri) -> F,
    ) -> Result<(WebSocketStream<S>, Response), Error>
    where
        S: AsyncRead + AsyncWrite + Unpin,
        F: Future<Output = io::Result<S>>,
    {
        let guard = self.guard.clone();
        let addresses = spawn_blocking(move || guard.resolve(&host, port)).await.map_err(io::Error::other)??;
        let stream = self.dial(&addresses).await?;
        stream.set_nodelay(true)?;
        let stream = wrap(stream, request.uri().clone()).await?;
        client_async_with_config(request, stream, self.config).await
    }

    /// Connects to the first of these addresses that can be reached.
    async fn dial(&self, addresses: &[SocketAddr]) -> io::Result<TcpStream> {
        let mut last = None;
        for address in addresses {
            match timeout(self.timeout, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = Some(error),
                Err(_) => last = Some(io::ErrorKind::TimedOut.into()),
            }
        }
        Err(last.unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into()))
    }
}
