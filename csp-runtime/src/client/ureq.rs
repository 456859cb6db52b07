//! A guarded [ureq](https://docs.rs/ureq/3) agent.
//!
//! ```
//! # fn run() -> Result<(), Box<dyn std::error::Error>> {
//! csp_runtime::connect_src! {
//!     static BACKEND = ["https://api.example.com/v1/"];
//! }
//! let agent = BACKEND.guard().ureq(ureq::Agent::config_builder());
//! let users = agent.get("https://api.example.com/v1/users").call()?.body_mut().read_to_string()?;
//! # Ok(()) }
//! ```
//!
//! The agent is ureq's own. The guard is its resolver, which ureq asks for the whole URL of every request and of every
//! redirect, be its host an address, be there a connection already. Only addresses that were looked at are dialled. A
//! refusal is a [`ureq::Error::Io`], in which [`Blocked::find`] finds it; ureq's errors have no `source()`. TLS is what
//! ureq's own features bring: `rustls` or `native-tls`.
//!
//! # What it does not protect against
//!
//! A proxy would resolve names by itself. So the agent has none, whatever its configuration and the environment say, and
//! a request that is given one by [its own configuration](ureq::RequestBuilder::config) fails.
//! `Agent::new_with_config(agent.config().clone())` makes another agent, which has no guard. What the `Host` header of a
//! request says is not looked at.

use core::cell::RefCell;
use core::error::Error as StdError;
use core::fmt;
use std::io;
use std::net::SocketAddr;
use std::string::{String, ToString};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::vec::Vec;

use http::{Request, Response, Uri};
use ureq::config::{Config, ConfigBuilder};
use ureq::middleware::MiddlewareNext;
use ureq::typestate::AgentScope;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error, SendBody};

use crate::{Blocked, Guard};

/// As many addresses as ureq takes.
const MAX_ADDRESSES: usize = 16;

impl Guard {
    /// An agent that connects only where this guard allows: [the module](crate::ureq) tells how, and what its limits are.
    ///
    /// The configuration's proxy, which may come from the environment, is dropped.
    #[must_use]
    pub fn ureq(&self, config: ConfigBuilder<AgentScope>) -> Agent {
        // The last middleware is the one that is called right before the requests of a call.
        let config = config.proxy(None).middleware(start_call).build();
        let connector = NoProxy.chain(DefaultConnector::default());
        Agent::with_parts(config, connector, GuardedResolver { guard: self.clone() })
    }
}

/// A call of an agent, with its redirects.
struct Call {
    /// How many requests were made.
    requests: u32,
    /// The URL of the last one.
    url: String,
}

std::thread_local! {
    /// The call that runs on this thread. ureq asks the resolver on the thread that made the call, and tells it the URL
    /// alone: this knows which hop it is.
    static CALL: RefCell<Option<Call>> = const { RefCell::new(None) };
}

/// Puts back, when a call has ended, the one that it was made in: a resolver may be a client too.
struct Enclosing(Option<Call>);

impl Drop for Enclosing {
    fn drop(&mut self) {
        CALL.set(self.0.take());
    }
}

fn start_call(request: Request<SendBody<'_>>, next: MiddlewareNext<'_>) -> Result<Response<Body>, Error> {
    let _enclosing = Enclosing(CALL.replace(Some(Call { requests: 0, url: String::new() })));
    next.handle(request)
}

/// How many redirects led to this URL, and the one that redirected to it.
fn next_hop(uri: &Uri) -> Option<(u32, String)> {
    CALL.with_borrow_mut(|call| {
        let call = call.as_mut()?;
        let from = core::mem::replace(&mut call.url, uri.to_string());
        let redirect_count = call.requests;
        call.requests = redirect_count.saturating_add(1);
        (redirect_count > 0).then_some((redirect_count, from))
    })
}

struct GuardedResolver {
    guard: Guard,
}

impl fmt::Debug for GuardedResolver {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.guard.fmt(out)
    }
}

impl Resolver for GuardedResolver {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let checked = match next_hop(uri) {
            Some((redirect_count, from)) => self.guard.check_redirect(uri, redirect_count, &from),
            None => self.guard.check(uri),
        };
        checked.map_err(Blocked::into_io)?;
        let (Some(host), Some(port)) = (uri.host(), port(uri)) else {
            return Err(Error::BadUri(uri.to_string()));
        };
        let found = self.addresses(host, port, timeout)?;
        let mut addresses = self.empty();
        for address in config.ip_family().keep_wanted(found.into_iter()).take(MAX_ADDRESSES) {
            addresses.push(address);
        }
        if addresses.is_empty() { Err(Error::HostNotFound) } else { Ok(addresses) }
    }
}

impl GuardedResolver {
    /// On a thread of its own where time is limited.
    fn addresses(&self, host: &str, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, Error> {
        if timeout.after.is_not_happening() {
            return Ok(self.guard.resolve(host, port)?);
        }
        let (guard, host) = (self.guard.clone(), String::from(host));
        let (sender, receiver) = mpsc::sync_channel(1);
        // Nobody waits for an answer that comes too late.
        thread::Builder::new().spawn(move || sender.send(guard.resolve(&host, port)).ok())?;
        match receiver.recv_timeout(*timeout.after) {
            Ok(found) => Ok(found?),
            Err(RecvTimeoutError::Timeout) => Err(Error::Timeout(timeout.reason)),
            Err(RecvTimeoutError::Disconnected) => Err(io::Error::other("the resolver panicked").into()),
        }
    }
}

fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or(match uri.scheme_str()? {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    })
}

/// Connects to nothing, and refuses to let the next connector use a proxy.
#[derive(Debug)]
struct NoProxy;

impl Connector for NoProxy {
    type Out = ();

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<()>) -> Result<Option<()>, Error> {
        if details.config.proxy().is_none() {
            return Ok(chained);
        }
        let why = "a guarded agent uses no proxy: it would resolve names where no guard sees it";
        Err(io::Error::new(io::ErrorKind::PermissionDenied, why).into())
    }
}

pub(crate) fn hidden_source<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e (dyn StdError + 'static)> {
    match error.downcast_ref()? {
        Error::Io(inner) => Some(inner),
        Error::Other(inner) => Some(&**inner),
        _ => None,
    }
}
