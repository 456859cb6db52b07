//! A loopback server that answers for every host, and notes what it was asked.

use std::{
    collections::HashMap,
    fmt,
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

#[cfg(feature = "tls")]
use crate::tls::Tls;
use crate::{request::Request, response::Response, serving, stream::Security};

/// More connections than this at once are closed unheard; browsers open 6 a host, and Chromium 255 websockets.
const CONNECTION_LIMIT: usize = 512;

/// A running server on a free port of 127.0.0.1; it stops on drop, and with it every connection it holds.
///
/// It speaks HTTP/1.1 with a thread per connection. Every request is noted before the handler sees it. A client may also
/// take it for its SOCKS 5 proxy, and will find it at every address.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<()>>,
}

pub(crate) struct Shared {
    handler: Box<dyn Fn(&Request) -> Response + Send + Sync>,
    security: Security,
    requests: Mutex<Vec<Request>>,
    connections: Mutex<HashMap<usize, TcpStream>>,
    stopping: AtomicBool,
}

impl Server {
    /// Starts a server for http and ws.
    ///
    /// # Panics
    ///
    /// When no port of 127.0.0.1 can be had.
    #[must_use]
    pub fn start(handler: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        Self::start_with(Box::new(handler), Security::Plain)
    }

    /// Starts a server for http, https, ws and wss on one port: the first byte of a connection tells which.
    ///
    /// The certificate is self-signed and names no host that anybody asks for: the client must ignore certificate errors.
    ///
    /// # Panics
    ///
    /// When no port of 127.0.0.1 can be had.
    #[cfg(feature = "tls")]
    #[must_use]
    pub fn start_tls(handler: impl Fn(&Request) -> Response + Send + Sync + 'static) -> Self {
        Self::start_with(Box::new(handler), Security::Either(Tls::new()))
    }

    #[allow(clippy::expect_used, reason = "a test without its server can only fail")]
    fn start_with(handler: Box<dyn Fn(&Request) -> Response + Send + Sync>, security: Security) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("bind a port of 127.0.0.1");
        let address = listener.local_addr().expect("ask for the port just bound");
        let shared = Arc::new(Shared {
            handler,
            security,
            requests: Mutex::default(),
            connections: Mutex::default(),
            stopping: AtomicBool::new(false),
        });
        let acceptor = thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        });
        Self { address, shared, acceptor: Some(acceptor) }
    }

    /// Where the server listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The port where the server listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The URL of `path` on the server itself, for clients that map no hosts.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How many requests have come.
    ///
    /// A browser asks for `/favicon.ico` of its own accord, at a time of its own choice.
    #[must_use]
    pub fn hits(&self) -> usize {
        lock(&self.shared.requests).len()
    }

    /// The requests that have come, in their order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// The URLs of the requests that have come, such as `wss://api.test/socket`, in their order.
    #[must_use]
    pub fn urls(&self) -> Vec<String> {
        lock(&self.shared.requests).iter().map(Request::url).collect()
    }

    /// Forgets the requests that have come.
    pub fn clear(&self) {
        lock(&self.shared.requests).clear();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        // A last connection wakes the acceptor, which then finds that it shall stop.
        if TcpStream::connect(self.address).is_ok()
            && let Some(acceptor) = self.acceptor.take()
        {
            // It fails only if it panicked, which has been reported by then.
            let _ = acceptor.join();
        }
        for connection in lock(&self.shared.connections).values() {
            // Failure means that the client closed it.
            let _ = connection.shutdown(Shutdown::Both);
        }
    }
}

impl Shared {
    pub(crate) fn security(&self) -> &Security {
        &self.security
    }

    /// Notes the request, then has it answered.
    pub(crate) fn answer(&self, request: &Request) -> Response {
        lock(&self.requests).push(request.clone());
        (self.handler)(request)
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for (number, socket) in listener.incoming().enumerate() {
        if shared.stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok(socket) = socket else { continue };
        let Ok(handle) = socket.try_clone() else {
            continue;
        };
        {
            let mut connections = lock(&shared.connections);
            if connections.len() >= CONNECTION_LIMIT {
                continue;
            }
            connections.insert(number, handle);
        }
        let connection = Connection { number, shared: Arc::clone(shared) };
        thread::spawn(move || {
            // A client that went away, or that speaks something else, is no concern of the test.
            let _ = serving::serve(socket, &connection.shared);
        });
    }
}

/// A connection's entry in the list; drop takes it out, even if the handler panics.
struct Connection {
    number: usize,
    shared: Arc<Shared>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(socket) = lock(&self.shared.connections).remove(&self.number) {
            // The list's copy would keep the socket open otherwise, if only until here.
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}

/// The value, whatever happened to the thread that had it before.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
