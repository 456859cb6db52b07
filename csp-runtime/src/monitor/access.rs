//! Who may see the panel and the interfaces for programs?

use alloc::boxed::Box;
use core::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::header::{FORWARDED, HOST};
use http::request::Parts;

pub(super) type Authorize = Box<dyn Fn(&Parts) -> bool + Send + Sync>;

/// What a request gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// It may see all.
    Granted,
    /// It is refused: 403.
    Refused,
    /// It is refused, since the server doesn't say whom it comes from: 403, and what to do, for who writes the server.
    PeerUnknown,
    /// There is nothing to see: 404.
    Off,
}

pub(super) fn access(authorize: Option<&Authorize>, parts: &Parts) -> Access {
    let is_admitted = match authorize {
        Some(authorize) => authorize(parts),
        None if cfg!(debug_assertions) && parts.extensions.get::<ConnectInfo<SocketAddr>>().is_none() => {
            return Access::PeerUnknown;
        }
        None if cfg!(debug_assertions) => from_loopback(parts),
        None => return Access::Off,
    };
    if is_admitted { Access::Granted } else { Access::Refused }
}

/// Whether a request comes from this machine, as far as can be known: the peer has a loopback address, the header `Host`
/// names this machine too, and no proxy says that it passes on what somebody else asked for.
///
/// Who the peer is must be told by the server: `axum::serve` does with `into_make_service_with_connect_info::<SocketAddr>()`.
/// An unknown peer is none of this machine. The name counts because a page of another site can have its own name resolve to
/// 127.0.0.1, and then read what it gets. **A proxy on this machine that adds no header is not recognized.**
#[must_use]
pub fn from_loopback(parts: &Parts) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let is_forwarded = parts.headers.contains_key(FORWARDED)
        || ["x-forwarded-for", "x-real-ip", "x-forwarded-host"].iter().any(|name| parts.headers.contains_key(*name));
    let host = parts.uri.host().or_else(|| host_of(parts.headers.get(HOST)?.to_str().ok()?));
    peer.is_some_and(is_loopback) && !is_forwarded && host.is_some_and(is_loopback_name)
}

fn host_of(authority: &str) -> Option<&str> {
    if authority.starts_with('[') {
        return authority.find(']').map(|end| &authority[..=end]);
    }
    authority.split(':').next()
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

fn is_loopback_name(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let name = host.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || bare.parse().is_ok_and(is_loopback)
}
