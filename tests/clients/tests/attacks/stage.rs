//! What is there to be attacked: a server that is declared, a listener that must stay alone, and names that lead there.

use std::collections::HashMap;
use std::io::{self, Read as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;

use csp_harness::{Response, Server};
use csp_runtime::{Guard, Resolve, connect_src};

use crate::http2::Http2Server;

connect_src! {
    static NOTHING = [none];
}

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const METADATA: IpAddr = IpAddr::V4(Ipv4Addr::new(169, 254, 169, 254));

/// A listener that counts who connects, and answers nobody.
pub(crate) struct Trap {
    port: u16,
    connections: Arc<AtomicUsize>,
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Trap {
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (connections, closing) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let thread = std::thread::spawn({
            let (connections, closing) = (Arc::clone(&connections), Arc::clone(&closing));
            move || {
                for stream in listener.incoming() {
                    if closing.load(Ordering::SeqCst) {
                        break;
                    }
                    connections.fetch_add(1, Ordering::SeqCst);
                    drop(stream);
                }
            }
        });
        Self { port, connections, closing, thread: Some(thread) }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// How many have connected, those included that wait to be accepted: they come before ours.
    pub(crate) fn connections(&self) -> usize {
        let mut own = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("the listener is open");
        // It is closed when it has been counted.
        let _ = own.read(&mut [0]);
        self.connections.fetch_sub(1, Ordering::SeqCst) - 1
    }
}

impl Drop for Trap {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Leads the names of the tests to loopback, one of them to a metadata service as well.
struct Names(HashMap<&'static str, Vec<IpAddr>>);

impl Resolve for Names {
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        match self.0.get(host) {
            Some(addresses) => Ok(addresses.iter().map(|address| SocketAddr::new(*address, port)).collect()),
            None => Err(io::Error::new(io::ErrorKind::NotFound, format!("no such name: {host}"))),
        }
    }
}

/// The server that is declared.
pub(crate) enum Allowed {
    Http1(Server),
    Http2(Http2Server),
}

impl Allowed {
    pub(crate) fn port(&self) -> u16 {
        match self {
            Self::Http1(server) => server.port(),
            Self::Http2(server) => server.port(),
        }
    }

    /// The paths that it was asked for.
    fn paths(&self) -> Vec<String> {
        match self {
            Self::Http1(server) => server.requests().iter().map(|request| request.path().to_owned()).collect(),
            Self::Http2(server) => server.paths(),
        }
    }

    pub(crate) fn hits(&self) -> usize {
        self.paths().len()
    }
}

pub(crate) struct Stage {
    pub(crate) allowed: Allowed,
    pub(crate) forbidden: Trap,
}

impl Stage {
    pub(crate) fn new(http2: bool) -> Self {
        let forbidden = Trap::open();
        if http2 {
            return Self { allowed: Allowed::Http2(Http2Server::start()), forbidden };
        }
        let allowed = Server::start(|request| match (request.path(), request.query().strip_prefix("to=")) {
            // The target as it stands, without decoding.
            ("/in/redirect", Some(target)) => Response::redirect(302, target),
            _ if request.is_websocket() => Response::websocket(),
            _ => Response::text("data"),
        });
        Self { allowed: Allowed::Http1(allowed), forbidden }
    }

    /// A guard of what is below `/in/` on `api.test`, and of more sources.
    pub(crate) fn guard(&self, scheme: &str, more: &[String]) -> Guard {
        let mut sources = vec![self.allowed_url(scheme, "/in/")];
        sources.extend_from_slice(more);
        Self::guard_of(&sources)
    }

    /// A guard of all of `api.test`, and of more sources.
    pub(crate) fn guard_of_origin(&self, scheme: &str, more: &[String]) -> Guard {
        let mut sources = vec![self.allowed_url(scheme, "")];
        sources.extend_from_slice(more);
        Self::guard_of(&sources)
    }

    fn guard_of(sources: &[String]) -> Guard {
        let policy = NOTHING.extend_insecure(sources, "loopback").expect("the sources are well-formed");
        policy.guard().resolver(Names(HashMap::from([
            ("api.test", vec![LOOPBACK]),
            ("other.test", vec![LOOPBACK]),
            ("mixed.test", vec![LOOPBACK, METADATA]),
        ])))
    }

    pub(crate) fn allowed_url(&self, scheme: &str, path: &str) -> String {
        format!("{scheme}://api.test:{}{path}", self.allowed.port())
    }

    /// A URL that leads to the forbidden listener.
    pub(crate) fn forbidden_url(&self, scheme: &str, host: &str) -> String {
        format!("{scheme}://{host}:{}/in/", self.forbidden.port())
    }

    /// The paths that the allowed server was asked for.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.allowed.paths()
    }
}
