//! Commands and answers as JSON over a browser's websocket, which both protocols of this crate build on.

use std::{
    io,
    net::{SocketAddr, TcpStream},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde_json::Value;
use tungstenite::{Message, WebSocket, protocol::WebSocketConfig};

use crate::error::{Error, ErrorKind};

const TIMEOUT: Duration = Duration::from_secs(20);

/// The browser's end of a protocol. Reading happens only while somebody waits.
#[derive(Debug)]
pub(crate) struct Rpc {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    timeout: Duration,
}

/// The connection, whatever happened to the thread that had it before.
pub(crate) fn lock<T>(connection: &Mutex<T>) -> MutexGuard<'_, T> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The text under this key of an answer.
pub(crate) fn string(answer: &Value, key: &str) -> Result<String, Error> {
    let missing = || Error::new(ErrorKind::Protocol, format!("an answer without {key}: {answer}"));
    answer[key].as_str().map(str::to_owned).ok_or_else(missing)
}

impl Rpc {
    /// Connects to the websocket at `path` of the browser's port.
    pub(crate) fn open(address: SocketAddr, path: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect_timeout(&address, TIMEOUT)
            .and_then(|stream| stream.set_read_timeout(Some(TIMEOUT)).map(|()| stream))
            .and_then(|stream| stream.set_nodelay(true).map(|()| stream))
            .map_err(|error| Error::launch("connect to the browser's port", &error))?;
        // A screenshot is one frame, however large.
        let config = WebSocketConfig::default().max_frame_size(None).max_message_size(None);
        let url = format!("ws://{address}{path}");
        let (socket, _) = tungstenite::client::client_with_config(url, stream, Some(config))
            .map_err(|error| Error::new(ErrorKind::Launch, format!("open the browser's websocket: {error}")))?;
        Ok(Self { socket, last_id: 0, timeout: TIMEOUT })
    }

    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// When a wait that starts now must end.
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.timeout
    }

    /// Sends a command, an object with a `method`, and waits for the answer's `result`; `other` gets what comes before it.
    pub(crate) fn call(&mut self, command: Value, mut other: impl FnMut(Value)) -> Result<Value, Error> {
        let deadline = self.deadline();
        let method = string(&command, "method")?;
        let id = self.send(command)?;
        loop {
            let mut message = self.receive(deadline, &method)?;
            if message["id"] != id {
                other(message);
                continue;
            }
            return match message.get("error") {
                // BiDi's `error` is a code, and `message` the sentence.
                Some(error) => {
                    let reason = message.get("message").unwrap_or(error);
                    Err(Error::new(ErrorKind::Protocol, format!("{method}: {reason}")))
                }
                None => Ok(message["result"].take()),
            };
        }
    }

    /// Sends a command; gives the number of its answer.
    pub(crate) fn send(&mut self, mut command: Value) -> Result<u64, Error> {
        self.last_id += 1;
        command["id"] = self.last_id.into();
        self.socket
            .send(Message::text(command.to_string()))
            .map_err(|error| Error::new(ErrorKind::Connection, format!("send {}: {error}", command["method"])))?;
        Ok(self.last_id)
    }

    /// The next message; `awaited` says what for, should it not come by the deadline.
    pub(crate) fn receive(&mut self, deadline: Instant, awaited: &str) -> Result<Value, Error> {
        let broken = |text: String| Error::new(ErrorKind::Connection, format!("wait for {awaited}: {text}"));
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::new(ErrorKind::Timeout, format!("no {awaited} in time")));
            }
            self.socket.get_ref().set_read_timeout(Some(left)).map_err(|error| broken(error.to_string()))?;
            match self.socket.read() {
                Ok(Message::Text(text)) => {
                    return serde_json::from_str(&text).map_err(|error| broken(error.to_string()));
                }
                Ok(_) => {}
                Err(tungstenite::Error::Io(error))
                    if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {}
                Err(error) => return Err(broken(error.to_string())),
            }
        }
    }
}
