//! What is peculiar to WebSockets, blocking and asynchronous: redirects, TLS, and the address that is dialled.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use csp_harness::{Response, Server};
use csp_runtime::{Endpoint, Guard, Resolve, connect_src, endpoint};
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::client::Response as Answer;
use tungstenite::{Error, Message};

connect_src! {
    static FEED = [
        #[insecure(reason = "loopback")] "ws://127.0.0.1:*",
        #[insecure(reason = "loopback")] "ws://feed.test:*",
        #[insecure(reason = "loopback")] "wss://127.0.0.1:*",
    ];
}

fn server() -> Server {
    Server::start(|request| match request.path() {
        "/moved" => Response::redirect(302, "/"),
        _ => Response::websocket(),
    })
}

/// The answers of both connectors, which are to be alike.
fn both(guard: &Guard, request: impl IntoClientRequest + Clone) -> [Result<Answer, Error>; 2] {
    let timeout = Duration::from_secs(5);
    let blocking = guard.tungstenite().connect_timeout(timeout).connect(request.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let connector = guard.tokio_tungstenite().connect_timeout(timeout);
    let asynchronous = runtime.block_on(connector.connect(request));
    [blocking.map(|(_, answer)| answer), asynchronous.map(|(_, answer)| answer)]
}

#[test]
fn a_redirect_is_an_error() {
    let server = server();
    for answer in both(&FEED.guard(), format!("ws://127.0.0.1:{}/moved", server.port())) {
        assert!(matches!(&answer, Err(Error::Http(answer)) if answer.status() == 302), "{answer:?}");
    }
    assert!(server.requests().iter().all(|request| request.path() == "/moved"));
}

#[test]
fn what_is_to_be_encrypted_is_not_sent_plain() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.set_nonblocking(true).expect("a socket");
    let port = listener.local_addr().expect("it is bound").port();
    for answer in both(&FEED.guard(), format!("wss://127.0.0.1:{port}/")) {
        assert!(matches!(&answer, Err(Error::Io(error)) if error.kind() == ErrorKind::InvalidInput), "{answer:?}");
    }
    assert!(listener.accept().is_err(), "nobody connects");
}

/// The first address is one at which nobody listens.
struct Two;

impl Resolve for Two {
    fn resolve(&self, _: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok([2, 1].map(|last| SocketAddr::from(([127, 0, 0, last], port))).to_vec())
    }
}

#[test]
fn each_address_is_tried() {
    let server = server();
    for answer in both(&FEED.guard().resolver(Two), format!("ws://feed.test:{}/", server.port())) {
        assert_eq!(answer.expect("the second one answers").status(), 101);
    }
    assert!(server.requests().iter().all(|request| request.host() == "feed.test"));
}

#[test]
fn a_request_keeps_its_headers() {
    let server = server();
    let mut request = format!("ws://127.0.0.1:{}/", server.port()).into_client_request().expect("a request");
    request.headers_mut().insert("x-key", "42".parse().expect("a value"));
    for answer in both(&FEED.guard(), request) {
        assert_eq!(answer.expect("it is declared").status(), 101);
    }
    let requests = server.requests();
    assert_eq!((requests.len(), requests.iter().all(|request| request.header("x-key") == Some("42"))), (2, true));
}

#[test]
fn the_caller_wraps_the_connection() {
    let server = server();
    let url = format!("ws://127.0.0.1:{}/wrapped", server.port());
    let (mut socket, _) = FEED
        .guard()
        .tungstenite()
        .connect_with(&url, |stream, uri| {
            assert_eq!(uri.path(), "/wrapped");
            Ok(io::BufReader::new(stream).into_inner())
        })
        .expect("it is declared");
    socket.send(Message::text("echo")).expect("it is open");
    assert_eq!(socket.read().expect("it is open"), Message::text("echo"));

    let failing = FEED.guard().tungstenite().connect_with(&url, |stream, _| {
        drop(stream);
        Err::<std::net::TcpStream, _>(ErrorKind::Unsupported.into())
    });
    assert!(matches!(failing, Err(Error::Io(error)) if error.kind() == ErrorKind::Unsupported));
}

/// An endpoint is a request, and the futures can be spawned.
const HOME: Endpoint = endpoint!(FEED, "ws://127.0.0.1:1/");

#[test]
fn an_endpoint_can_be_connected_to() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let connector = FEED.guard().tokio_tungstenite();
    drop(is_send(connector.connect(HOME)));
    drop(is_send(connector.connect_with(HOME, |stream, _| async { Ok(stream) })));
    for answer in both(&FEED.guard(), HOME) {
        assert!(matches!(&answer, Err(Error::Io(error)) if error.kind() == ErrorKind::ConnectionRefused), "{answer:?}");
    }
}
