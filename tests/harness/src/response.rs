//! What a handler answers.

use std::io::{self, Write};

use tungstenite::handshake::derive_accept_key;

use crate::request::Request;

/// An answer, written to the wire byte for byte: nothing about the headers is checked or changed.
///
/// `Content-Length` is added; the handler must not set it, nor `Connection`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Response {
    status: u16,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
    body: Vec<u8>,
    pub(crate) afterwards: Afterwards,
}

/// What happens to the connection once the response is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Afterwards {
    /// It serves the next request.
    Next,
    /// It stays open and silent.
    Hold,
    /// It speaks the websocket protocol.
    WebSocket,
}

impl Response {
    /// An empty response.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), afterwards: Afterwards::Next }
    }

    /// A page, as UTF-8.
    #[must_use]
    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200).header("Content-Type", "text/html; charset=utf-8").body(body)
    }

    /// Plain text, as UTF-8.
    #[must_use]
    pub fn text(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200).header("Content-Type", "text/plain; charset=utf-8").body(body)
    }

    /// 404.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(404)
    }

    /// A redirect with this status, such as 302 or 307.
    #[must_use]
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::new(status).header("Location", location)
    }

    /// An event stream that begins with `events`, such as `data: hi\n\n`, and then stays open without a further event.
    #[must_use]
    pub fn event_stream(events: impl Into<Vec<u8>>) -> Self {
        let response = Self::new(200).header("Content-Type", "text/event-stream").body(events);
        Self { afterwards: Afterwards::Hold, ..response }
    }

    /// A websocket that echoes every message, and accepts the first subprotocol on offer.
    ///
    /// The client gets status 426 if it did not ask for one.
    #[must_use]
    pub fn websocket() -> Self {
        Self { afterwards: Afterwards::WebSocket, ..Self::new(101) }
    }

    /// The answer to a CORS preflight, which permits it; `None` for any other request.
    #[must_use]
    pub fn preflight(request: &Request) -> Option<Self> {
        let method = request.header("access-control-request-method").filter(|_| request.method == "OPTIONS")?;
        let response = Self::new(204).cors().header("Access-Control-Allow-Methods", method);
        Some(match request.header("access-control-request-headers") {
            Some(headers) => response.header("Access-Control-Allow-Headers", headers),
            None => response,
        })
    }

    /// Adds a header field, whatever its bytes.
    #[must_use]
    pub fn header(mut self, name: impl AsRef<[u8]>, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.as_ref().to_vec(), value.as_ref().to_vec()));
        self
    }

    /// Replaces the body.
    #[must_use]
    pub fn body(self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }
    }

    /// Lets every origin read the response: `Access-Control-Allow-Origin: *`.
    #[must_use]
    pub fn cors(self) -> Self {
        self.header("Access-Control-Allow-Origin", "*")
    }

    /// Makes a websocket response the answer to this very handshake.
    pub(crate) fn answering(self, request: &Request) -> Self {
        if self.afterwards != Afterwards::WebSocket {
            return self;
        }
        let Some(key) = request.header("sec-websocket-key").filter(|_| request.is_websocket()) else {
            return Self::new(426).header("Upgrade", "websocket");
        };
        let response = self
            .header("Upgrade", "websocket")
            .header("Connection", "Upgrade")
            .header("Sec-WebSocket-Accept", derive_accept_key(key.as_bytes()));
        match request.header("sec-websocket-protocol").and_then(|offered| offered.split(',').next()) {
            Some(protocol) => response.header("Sec-WebSocket-Protocol", protocol.trim()),
            None => response,
        }
    }

    pub(crate) fn write(&self, stream: &mut impl Write, method: &str) -> io::Result<()> {
        // One write for all of it, lest the body waits for the head's acknowledgement.
        let mut bytes = format!("HTTP/1.1 {} {}\r\n", self.status, self.reason()).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend([name, &b": "[..], value, b"\r\n"].concat());
        }
        let has_body = !matches!(self.status, 100..=199 | 204 | 304);
        if has_body && self.afterwards == Afterwards::Next {
            bytes.extend(format!("Content-Length: {}\r\n", self.body.len()).into_bytes());
        }
        bytes.extend(b"\r\n");
        if has_body && method != "HEAD" {
            bytes.extend(&self.body);
        }
        stream.write_all(&bytes)?;
        stream.flush()
    }

    fn reason(&self) -> &'static str {
        match self.status {
            101 => "Switching Protocols",
            200 => "OK",
            204 => "No Content",
            300..=399 => "Redirect",
            404 => "Not Found",
            426 => "Upgrade Required",
            _ => "Status",
        }
    }
}
