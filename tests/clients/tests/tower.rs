//! The tower clients, beyond the attacks: what a redirect carries along, and what errors hold.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

use std::error::Error;
use std::future::ready;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};

use csp_harness::{Response, Server};
use csp_runtime::hyper::GuardedClient;
use csp_runtime::tower::GuardError;
use csp_runtime::{Admission, Blocked, Counters, Guard, Observe, Reason, connect_src};
use hyper::{Request, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tower::{BoxError, ServiceExt as _, service_fn};
use tower_layer::Layer as _;
use tower_service::Service as _;

connect_src! {
    static NOTHING = [none];
}

/// A guard of what is below `/in/` on servers.
fn guard(servers: &[&Server]) -> Guard {
    let sources = servers.iter().map(|server| server.url("/in/"));
    NOTHING.extend_insecure(sources, "loopback").expect("the sources are well-formed").guard()
}

fn client(guard: &Guard) -> GuardedClient<String> {
    guard.hyper(&Client::builder(TokioExecutor::new()))
}

/// Sends a request that carries a secret, and follows its redirects.
fn send(guard: &Guard, url: String) -> Result<StatusCode, GuardError> {
    block_on(async {
        let request = Request::get(url).header("authorization", "secret").body(String::new()).expect("a request");
        let mut client = client(guard).follow_redirects();
        Ok(client.ready().await?.call(request).await?.status())
    })
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// Redirects `/in/…?to=<target>` to the target.
fn redirecting() -> Server {
    Server::start(|request| match request.query().strip_prefix("to=") {
        Some(target) => Response::redirect(302, target),
        None => Response::text("data"),
    })
}

/// The hops of what was admitted.
#[derive(Default)]
struct Hops(Mutex<Vec<u32>>);

impl Observe for Hops {
    fn admitted(&self, admission: &Admission<'_>) {
        self.0.lock().expect("no test panics with it").push(admission.redirect_count());
    }

    fn refused(&self, _: &Blocked) {}
}

#[test]
fn hops_are_counted_and_credentials_stay_at_their_origin() {
    let (other, server) = (redirecting(), redirecting());
    let hops = Arc::new(Hops::default());
    let guard = guard(&[&server, &other]).observer(Arc::clone(&hops));
    let url = server.url(&format!("/in/a?to=/in/b?to={}", other.url("/in/c")));
    assert_eq!(send(&guard, url).expect("all is declared"), StatusCode::OK);

    assert_eq!(*hops.0.lock().expect("no test panics with it"), [0, 1, 2]);
    let secrets = |server: &Server| server.requests().iter().map(|it| it.header("authorization").is_some()).collect();
    let (at_server, at_other): (Vec<_>, Vec<_>) = (secrets(&server), secrets(&other));
    assert_eq!((at_server, at_other), (vec![true, true], vec![false]));
}

/// The policy that drops what belongs to an origin drops no count.
#[test]
fn the_second_hop_is_counted_across_origins() {
    let (other, server) = (redirecting(), redirecting());
    let url = server.url(&format!("/in/a?to={}", other.url("/in/b?to=/out")));
    let error = send(&guard(&[&server, &other]), url).expect_err("`/out` is not declared");
    let blocked = error.blocked().expect("it was the guard");
    assert_eq!((blocked.redirect_count(), blocked.redirected_from()), (2, Some(other.url("/in/b"))));
    assert_eq!((server.hits(), other.hits()), (1, 1));
}

#[test]
fn an_endless_redirect_ends() {
    let server = Server::start(|_| Response::redirect(302, "/in/again"));
    let error = send(&guard(&[&server]), server.url("/in/")).expect_err("it never ends");
    let blocked = error.blocked().expect("it was the guard");
    assert_eq!((blocked.reason(), blocked.redirect_count()), (Reason::TooManyRedirects, 11));
    assert_eq!(server.hits(), 11);
}

#[test]
fn an_audited_redirect_is_told_of_and_followed() {
    let server = redirecting();
    let counters = Arc::new(Counters::new());
    let guard = guard(&[&server]).observer(Arc::clone(&counters)).audit();
    assert_eq!(send(&guard, server.url("/in/a?to=/out")).expect("it is only told of"), StatusCode::OK);
    assert_eq!((server.hits(), Counters::admitted(&counters), counters.reported()), (2, 1, 1));
}

/// The service that is guarded has a boxed error, which is no `Error` by itself.
#[test]
fn an_inner_error_is_kept_and_a_refusal_within_it_found() {
    let inner = |error: fn() -> BoxError| {
        let guard = NOTHING.guard().audit();
        let service = guard.client_layer().layer(service_fn(move |_: Request<()>| ready(Err::<(), _>(error()))));
        block_on(service.oneshot(Request::get("http://api.test/").body(()).expect("a request"))).expect_err("it fails")
    };
    let error = inner(|| io::Error::from(io::ErrorKind::BrokenPipe).into());
    let source = error.source().and_then(|source| source.downcast_ref::<io::Error>());
    assert_eq!(source.map(io::Error::kind), Some(io::ErrorKind::BrokenPipe));

    let error = inner(|| {
        let refusal = NOTHING.guard().check("http://other.test/").expect_err("nothing is declared");
        io::Error::other(refusal.into_io()).into()
    });
    assert!(matches!(error, GuardError::Blocked(blocked) if blocked.blocked_url() == "http://other.test/"));
}

#[test]
fn a_uri_without_an_origin_is_refused() {
    for url in ["/in/", "api.test:80"] {
        let request = Request::connect(url).body(String::new()).expect("a request");
        let error = block_on(async { client(&NOTHING.guard()).request(request).await }).expect_err("it leads nowhere");
        assert_eq!(error.blocked().map(Blocked::reason), Some(Reason::Unparsable), "{url}");
    }
}

/// Where hyper reads another host or port than a URL parser does, it would dial what wasn't checked.
#[test]
fn a_uri_that_is_read_in_two_ways_is_refused() {
    let server = redirecting();
    let guard = guard(&[&server]);
    let port = server.port();
    let connector = guard.hyper_connector(HttpConnector::new_with_resolver(guard.hyper_resolver()));
    let connecting: Client<_, String> = Client::builder(TokioExecutor::new()).build(connector);
    for host in ["127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1.", "[::1]127.0.0.1"] {
        let url: Uri = format!("http://{host}:{port}/in/").parse().expect("http takes it for a URI");
        let error = block_on(client(&guard).get(url.clone())).expect_err(host);
        assert_ne!(error.blocked().map(Blocked::reason), None, "{host}: {error:?}");
        let error = block_on(connecting.get(url)).expect_err(host);
        assert_ne!(Blocked::find(&error).map(Blocked::reason), None, "{host}: {error:?}");
    }
    let url: Uri =
        format!("http://127.0.0.1:{}/in/", u32::from(port) + 65536).parse().expect("http takes it for a URI");
    assert!(block_on(client(&guard).get(url)).expect_err("no port").blocked().is_some());
    assert_eq!(server.hits(), 0);
}

/// The port is the URL's, whatever a resolver says.
#[test]
fn a_resolver_chooses_no_port() {
    struct Elsewhere;
    impl csp_runtime::Resolve for Elsewhere {
        fn resolve(&self, _: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
            Ok(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 4711))])
        }
    }
    let guard = NOTHING.extend_insecure(["http://api.test"], "loopback").expect("the source is well-formed").guard();
    let mut resolver = guard.resolver(Elsewhere).hyper_resolver();
    let name = "api.test".parse().expect("a name");
    let addresses = block_on(async { resolver.call(name).await }).expect("it resolves");
    assert!(addresses.map(|address| address.port()).eq([0]));
}

/// What generated clients make of a channel's error.
#[test]
fn a_refusal_is_found_in_the_status_of_a_call() {
    let blocked = NOTHING.guard().check("http://api.test/").expect_err("nothing is declared");
    let status = tonic::Status::from_error(Box::new(GuardError::from(blocked)));
    assert!(Blocked::find(&status).is_some());
}
