//! From URLs to connections that a guard admits.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::string::String;
use std::time::Duration;

use crate::{Blocked, CheckTarget, Guard};

impl Guard {
    /// A connection to the host of a URL. The URL is checked, then the addresses of its host, and one of these is dialled.
    ///
    /// For protocols of your own, and for clients that take a connection. TLS, and that the path which was checked is the
    /// path which is asked for, are the caller's concern. This may block.
    ///
    /// ```
    /// use std::net::TcpListener;
    ///
    /// csp_runtime::connect_src! {
    ///     static LOCAL = [#[insecure(reason = "an example")] "http://127.0.0.1:*"];
    /// }
    /// let listener = TcpListener::bind("127.0.0.1:0")?;
    /// let port = listener.local_addr()?.port();
    /// assert!(LOCAL.guard().connect(format!("http://127.0.0.1:{port}/")).is_ok());
    ///
    /// let error = LOCAL.guard().connect("http://198.51.100.7/").unwrap_err();
    /// assert!(csp_runtime::Blocked::find(&error).is_some());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the guard refuses the URL or an address (the error holds a [`Blocked`], see [`Blocked::find`]), or none of the
    /// addresses can be reached.
    pub fn connect(&self, url: impl CheckTarget) -> io::Result<TcpStream> {
        self.connect_within(&url, None)
    }

    /// As [`connect`](Self::connect); each of the addresses that is tried has so much time.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect).
    pub fn connect_timeout(&self, url: impl CheckTarget, timeout: Duration) -> io::Result<TcpStream> {
        self.connect_within(&url, Some(timeout))
    }

    fn connect_within(&self, url: &impl CheckTarget, timeout: Option<Duration>) -> io::Result<TcpStream> {
        self.check(url).map_err(Blocked::into_io)?;
        let host_and_port = url.view(|view| {
            let target = view.ok()?.target;
            Some((String::from(target.host()), target.effective_port()?))
        });
        match host_and_port.filter(|(host, _)| !host.is_empty()) {
            Some((host, port)) => dial(&self.resolve(&host, port)?, timeout),
            // A guard that only audits has let it pass.
            None => Err(io::Error::new(io::ErrorKind::InvalidInput, "the URL has no host and port to connect to")),
        }
    }
}

/// Connects to the first of these addresses that can be reached.
pub(crate) fn dial(addresses: &[SocketAddr], timeout: Option<Duration>) -> io::Result<TcpStream> {
    let Some(timeout) = timeout else { return TcpStream::connect(addresses) };
    let mut last = None;
    for address in addresses {
        match TcpStream::connect_timeout(address, timeout) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| io::ErrorKind::AddrNotAvailable.into()))
}
