//! Chromium's devtools protocol: commands to sessions, and events kept until asked for.
//!
//! One connection serves every page; each page is a session of it.

use std::{
    collections::{HashMap, VecDeque},
    net::SocketAddr,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{error::Error, rpc::Rpc};

/// Something a page's session told unasked.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) method: String,
    pub(crate) params: Value,
}

/// The browser's end of the devtools protocol.
#[derive(Debug)]
pub(crate) struct Connection {
    rpc: Rpc,
    events: Events,
}

/// Events by session, oldest first.
#[derive(Debug, Default)]
struct Events(HashMap<String, VecDeque<Event>>);

impl Connection {
    /// Connects to the websocket at `path` of the devtools port.
    pub(crate) fn open(address: SocketAddr, path: &str) -> Result<Self, Error> {
        Ok(Self { rpc: Rpc::open(address, path)?, events: Events::default() })
    }

    pub(crate) fn set_timeout(&mut self, timeout: Duration) {
        self.rpc.set_timeout(timeout);
    }

    /// When a wait that starts now must end.
    pub(crate) fn deadline(&self) -> Instant {
        self.rpc.deadline()
    }

    /// Sends a command to `session`, or to the browser itself, and waits for the answer's `result`.
    pub(crate) fn call(&mut self, session: Option<&str>, method: &str, params: Value) -> Result<Value, Error> {
        let mut command = json!({ "method": method });
        command["params"] = params;
        if let Some(session) = session {
            command["sessionId"] = session.into();
        }
        self.rpc.call(command, |message| self.events.keep(message))
    }

    /// The next event of `session`; `awaited` says what for, should it not come by the deadline.
    pub(crate) fn next_event(&mut self, session: &str, deadline: Instant, awaited: &str) -> Result<Event, Error> {
        loop {
            if let Some(event) = self.kept_event(session) {
                return Ok(event);
            }
            let message = self.rpc.receive(deadline, awaited)?;
            self.events.keep(message);
        }
    }

    /// The oldest event of `session` that has been received already.
    pub(crate) fn kept_event(&mut self, session: &str) -> Option<Event> {
        self.events.0.get_mut(session)?.pop_front()
    }

    /// Asks the browser to end; does not wait for it.
    pub(crate) fn close_browser(&mut self) {
        // Failure means that it ended already.
        let _ = self.rpc.send(json!({ "method": "Browser.close" }));
    }
}

impl Events {
    /// Files an event under its session; answers that came too late, and the browser's own events, are of no interest.
    fn keep(&mut self, mut message: Value) {
        let (Some(session), Some(method)) = (message["sessionId"].as_str(), message["method"].as_str()) else {
            return;
        };
        let (session, method) = (session.to_owned(), method.to_owned());
        self.0.entry(session).or_default().push_back(Event { method, params: message["params"].take() });
    }
}
