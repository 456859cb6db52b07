//! What is peculiar to awc: addresses that a request brings along, WebSockets, and which hop a URL is.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use awc::error::{SendRequestError, WsClientError};
use awc::middleware::Redirect;
use awc::{Client, Connector};
use csp_harness::{Response, Server};
use csp_runtime::{Blocked, Guard, Reason, connect_src};

connect_src! {
    static LOCAL = [#[insecure(reason = "loopback")] "http://127.0.0.1:*/in/"];
    static SOCKETS = [#[insecure(reason = "loopback")] "ws://127.0.0.1:*/in/"];
    static NAMED = [#[insecure(reason = "a name that nobody has")] "http://api.test:*"];
}

fn server() -> Server {
    Server::start(|request| match request.path() {
        "/in/twice" => Response::redirect(302, "/in/once"),
        "/in/once" => Response::redirect(302, "/out"),
        _ if request.is_websocket() => Response::websocket(),
        _ => Response::text("data"),
    })
}

fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(tokio::task::LocalSet::new().run_until(future))
}

fn client(guard: &Guard) -> Client {
    guard.awc(Client::builder(), Connector::new(), Redirect::new())
}

fn blocked<'e>(error: &'e (dyn std::error::Error + 'static)) -> &'e Blocked {
    Blocked::find(error).expect("the guard refused")
}

#[test]
fn a_refusal_knows_the_hop() {
    let server = server();
    let url = |path| format!("http://127.0.0.1:{}{path}", server.port());
    run(async {
        let client = client(&LOCAL.guard());
        // Two calls at once, and the second of each client starts anew.
        for _ in 0..2 {
            let (first, second) = (client.get(url("/in/twice")).send(), client.get(url("/in/once")).send());
            let (first, second) = tokio::join!(first, second);
            let (first, second) = (first.expect_err("it is refused"), second.expect_err("it is refused"));
            assert_eq!((blocked(&first).reason(), blocked(&first).redirect_count()), (Reason::NoSourceMatched, 2));
            assert_eq!(blocked(&first).redirected_from(), Some(url("/in/once")));
            assert_eq!(blocked(&second).redirect_count(), 1);
        }
    });
    assert!(server.requests().iter().all(|request| request.path() != "/out"));
}

#[test]
fn redirects_are_followed_as_often_as_is_said() {
    let server = server();
    run(async {
        let redirect = Redirect::new().max_redirect_times(0);
        let client = LOCAL.guard().awc(Client::builder(), Connector::new(), redirect);
        let answer = client.get(format!("http://127.0.0.1:{}/in/twice", server.port())).send().await;
        assert_eq!(answer.expect("it is declared").status(), 302);
    });
}

#[test]
fn an_address_that_a_request_brings_along_is_looked_at() {
    let (server, trap) = (server(), TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free"));
    let trapped = trap.local_addr().expect("it is bound");
    trap.set_nonblocking(true).expect("a socket");
    run(async {
        let url = format!("http://api.test:{}/", trapped.port());
        let answer = client(&NAMED.guard().public_only()).get(&url).address(trapped).send().await;
        let error = answer.expect_err("it is refused");
        assert!(matches!(blocked(&error).reason(), Reason::AddressRefused(_)), "{error}");
        let metadata = SocketAddr::from(([169, 254, 169, 254], 80));
        let error = client(&NAMED.guard()).get(&url).address(metadata).send().await.expect_err("it is refused");
        assert!(matches!(blocked(&error).reason(), Reason::AddressRefused(_)), "{error}");
        let url = format!("http://api.test:{}/", server.port());
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, server.port()));
        client(&NAMED.guard()).get(&url).address(address).send().await.expect("it is declared");
    });
    assert!(trap.accept().is_err(), "nobody connects");
}

#[test]
fn websockets_are_checked_as_websockets() {
    let server = server();
    let url = |scheme, path| format!("{scheme}://127.0.0.1:{}{path}", server.port());
    run(async {
        let sockets = client(&SOCKETS.guard());
        for scheme in ["ws", "http"] {
            sockets.ws(url(scheme, "/in/")).connect().await.expect("it is declared");
            let error = sockets.ws(url(scheme, "/out")).connect().await.err().expect("it is refused");
            assert!(matches!(error, WsClientError::SendRequest(SendRequestError::Connect(_))), "{error}");
            assert_eq!(blocked(&error).reason(), Reason::NoSourceMatched);
            let error = client(&LOCAL.guard()).ws(url(scheme, "/in/")).connect().await.err().expect("it is refused");
            assert_eq!(blocked(&error).blocked_url(), url("ws", "/in/"));
        }
    });
    assert!(server.requests().iter().all(|request| request.path() == "/in/"));
}
