//! What is peculiar to ureq: configurations of single requests, and which hop a URL is.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use csp_harness::{Response, Server};
use csp_runtime::{Blocked, Guard, Reason, Resolve, connect_src};
use ureq::{Agent, Error, Proxy};

connect_src! {
    static LOCAL = [#[insecure(reason = "loopback")] "http://127.0.0.1:*/in/"];
    static NAMED = [#[insecure(reason = "loopback")] "http://api.test:*"];
}

fn server() -> Server {
    Server::start(|request| match request.path() {
        "/in/twice" => Response::redirect(302, "/in/once"),
        "/in/once" => Response::redirect(302, "/out"),
        "/in/home" => Response::redirect(302, "/in/data"),
        _ => Response::text("data"),
    })
}

fn url(server: &Server, host: &str, path: &str) -> String {
    format!("http://{host}:{}{path}", server.port())
}

fn blocked(error: &Error) -> &Blocked {
    Blocked::find(error).expect("the guard refused")
}

#[test]
fn a_request_of_its_own_configuration_gets_no_proxy() {
    let (server, proxy) = (server(), TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free"));
    let proxy_url = format!("http://{}", proxy.local_addr().expect("it is bound"));
    let agent = LOCAL.guard().ureq(Agent::config_builder());
    for url in [url(&server, "127.0.0.1", "/in/data"), url(&server, "127.0.0.1", "/out")] {
        let own = Proxy::new(&proxy_url).expect("a proxy's URL");
        let error = agent.get(&url).config().proxy(Some(own)).build().call().expect_err("it is refused");
        assert!(error.to_string().contains("no proxy"), "{error}");
    }
    proxy.set_nonblocking(true).expect("a socket");
    assert!(proxy.accept().is_err(), "nothing goes to the proxy");
    assert!(server.requests().is_empty());
}

#[test]
fn a_refusal_knows_the_hop() {
    let server = server();
    let agent = LOCAL.guard().ureq(Agent::config_builder());
    // The second call starts anew.
    for _ in 0..2 {
        let error = agent.get(url(&server, "127.0.0.1", "/in/twice")).call().expect_err("it is refused");
        let blocked = blocked(&error);
        assert_eq!((blocked.reason(), blocked.redirect_count()), (Reason::NoSourceMatched, 2));
        assert_eq!(blocked.redirected_from(), Some(url(&server, "127.0.0.1", "/in/once")));
    }
    let error = agent.get(url(&server, "127.0.0.1", "/out")).call().expect_err("it is refused");
    assert_eq!((blocked(&error).redirect_count(), blocked(&error).redirected_from()), (0, None));
    assert!(server.requests().iter().all(|request| request.path() != "/out"));
}

/// Asks a service for the address, by a guarded agent: it runs within the call of another.
struct Service {
    agent: Agent,
    url: String,
}

impl Resolve for Service {
    fn resolve(&self, _: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        self.agent.get(&self.url).call().map_err(io::Error::other)?;
        Ok(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))])
    }
}

#[test]
fn a_call_within_a_call_counts_for_itself() {
    let server = server();
    let agent = LOCAL.guard().ureq(Agent::config_builder());
    let resolver = Service { agent, url: url(&server, "127.0.0.1", "/in/home") };
    let agent = NAMED.guard().resolver(resolver).ureq(Agent::config_builder());
    agent.get(url(&server, "api.test", "/in/home")).call().expect("it is declared");

    let guard = NAMED.guard().resolver(Service {
        agent: LOCAL.guard().ureq(Agent::config_builder()),
        url: url(&server, "127.0.0.1", "/in/once"),
    });
    let error = guard.ureq(Agent::config_builder()).get(url(&server, "api.test", "/")).call().expect_err("it fails");
    // The resolver's own refusal.
    assert_eq!((blocked(&error).redirect_count(), blocked(&error).policy().name()), (1, "LOCAL"));
}

struct Slow(Duration);

impl Resolve for Slow {
    fn resolve(&self, _: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        thread::sleep(self.0);
        Ok(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))])
    }
}

#[test]
fn time_to_resolve_is_limited() {
    let server = server();
    let call = |guard: Guard, wait| {
        let config = Agent::config_builder().timeout_resolve(Some(Duration::from_millis(200)));
        guard.resolver(Slow(wait)).ureq(config).get(url(&server, "api.test", "/in/data")).call().map(drop)
    };
    call(NAMED.guard(), Duration::ZERO).expect("it is declared");
    let error = call(NAMED.guard(), Duration::from_secs(2)).expect_err("it takes too long");
    assert!(matches!(error, Error::Timeout(ureq::Timeout::Resolve)), "{error}");
    let error = call(NAMED.guard().public_only(), Duration::ZERO).expect_err("it is refused");
    assert!(matches!(blocked(&error).reason(), Reason::AddressRefused(_)));
}
