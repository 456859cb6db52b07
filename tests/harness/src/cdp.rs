//! The devtools protocol over the browser's websocket: commands, their answers, and events kept until asked for.
//!
//! One connection serves every page; each page is a session of it. Reading happens only while somebody waits.

use std::{
    collections::{HashMap, VecDeque},
    io,
    net::{SocketAddr, TcpStream},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tungstenite::{Message, WebSocket, protocol::WebSocketConfig};

use crate::error::{Error, ErrorKind};

const TIMEOUT: Duration = Duration::from_secs(20);

/// Something a page's session told unasked.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) method: String,
    pub(crate) params: Value,
}

/// The browser's end of the devtools protocol.
#[derive(Debug)]
pub(crate) struct Connection {
    socket: WebSocket<TcpStream>,
    last_id: u64,
    timeout: Duration,
    events: HashMap<String, VecDeque<Event>>,
}

/// The connection, whatever happened to the thread that had it before.
pub(crate) fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Connection {
    /// Connects to the websocket at `path` of the devtools port.
    pub(crate) fn open(address: SocketAddr, path: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect_timeout(&address, TIMEOUT)
            .and_then(|stream| stream.set_read_timeout(Some(TIMEOUT)).map(|()| stream))
            .and_then(|stream| stream.set_nodelay(true).map(|()| stream))
            .map_err(|error| Error::launch("connect to the devtools port", &error))?;
        // A screenshot is one frame, however large.
        let config = WebSocketConfig::default().max_frame_size(None).max_message_size(None);
        let url = format!("ws://{address}{path}");
        let (socket, _) = tungstenite::client::client_with_config(url, stream, Some(config))
            .map_err(|error| Error::new(ErrorKind::Launch, format!("open the devtools websocket: {error}")))?;
        Ok(Self { socket, last_id: 0, timeout: TIMEOUT, events: HashMap::new() })
    }

    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// When a wait that starts now must end.
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.timeout
    }

    /// Sends a command to `session`, or to the browser itself, and waits for the answer's `result`.
    pub(crate) fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<Value, Error> {
        let deadline = self.deadline();
        let id = self.send(session, method, params)?;
        loop {
            let mut message = self.receive(deadline, method)?;
            if message["id"] == id {
                return match message.get("error") {
                    Some(error) => Err(Error::new(ErrorKind::Protocol, format!("{method}: {error}"))),
                    None => Ok(message["result"].take()),
                };
            }
            self.keep(message);
        }
    }

    /// The next event of `session`; `awaited` says what for, should it not come by the deadline.
    pub(crate) fn next_event(&mut self, session: &str, deadline: Instant, awaited: &str) -> Result<Event, Error> {
        loop {
            if let Some(event) = self.kept_event(session) {
                return Ok(event);
            }
            let message = self.receive(deadline, awaited)?;
            self.keep(message);
        }
    }

    /// The oldest event of `session` that has been received already.
    pub(crate) fn kept_event(&mut self, session: &str) -> Option<Event> {
        self.events.get_mut(session)?.pop_front()
    }

    /// Asks the browser to end; does not wait for it.
    pub(crate) fn close_browser(&mut self) {
        // Failure means that it ended already.
        let _ = self.send(None, "Browser.close", json!({}));
    }

    fn send(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<u64, Error> {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method });
        command["params"] = params;
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        self.socket
            .send(Message::text(command.to_string()))
            .map_err(|error| Error::new(ErrorKind::Connection, format!("send {method}: {error}")))?;
        Ok(self.last_id)
    }

    fn receive(&mut self, deadline: Instant, awaited: &str) -> Result<Value, Error> {
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

    /// Files an event under its session; answers that came too late, and the browser's own events, are of no interest.
    fn keep(&mut self, mut message: Value) {
        let (Some(session), Some(method)) = (message["sessionId"].as_str(), message["method"].as_str()) else {
            return;
        };
        let (session, method) = (session.to_owned(), method.to_owned());
        self.events.entry(session).or_default().push_back(Event { method, params: message["params"].take() });
    }
}
