//! A server that is declared below `/in/`, and one that isn't declared.

use std::sync::{Arc, Mutex};

use csp_harness::{Response, Server};
use csp_runtime::{Admission, Blocked, Disposition, Guard, Observe, Reason, connect_src};

connect_src! {
    pub(crate) static NOTHING = [none];
}

pub(crate) struct Stage {
    pub(crate) allowed: Server,
    pub(crate) forbidden: Server,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let forbidden = Server::start(|_| Response::text("forbidden"));
        let elsewhere = forbidden.url("/in/");
        let allowed = Server::start(move |request| match request.path() {
            "/in/loop" => Response::redirect(302, "/in/loop"),
            "/in/away" => Response::redirect(302, &elsewhere),
            _ => Response::text("data"),
        });
        Self { allowed, forbidden }
    }

    /// A guard of what is below `path`.
    pub(crate) fn guard(&self, path: &str) -> Guard {
        NOTHING.extend_insecure([self.allowed.url(path)], "loopback").expect("a source").guard()
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.allowed.requests().iter().map(|request| request.path().to_owned()).collect()
    }
}

/// What observers hear: `+` and the URL of what is admitted, the reason and the URL of what is refused.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    pub(crate) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no observer panics"))
    }

    fn push(&self, line: String) {
        self.0.lock().expect("no observer panics").push(line);
    }
}

impl Observe for Told {
    fn admitted(&self, admission: &Admission<'_>) {
        self.push(format!("+ {}", admission.url()));
    }

    fn refused(&self, blocked: &Blocked) {
        let mark = if blocked.disposition() == Disposition::Enforce { '-' } else { '?' };
        self.push(format!("{mark} {} {}", blocked.reason().as_str(), blocked.blocked_url()));
    }
}

pub(crate) fn reason(error: &(dyn std::error::Error + 'static)) -> Option<Reason> {
    Blocked::find(error).map(Blocked::reason)
}
