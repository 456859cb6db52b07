use alloc::boxed::Box;
use alloc::vec::{IntoIter, Vec};
use core::future::Future;
use core::net::SocketAddr;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::io;

use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

use crate::Guard;

/// Finds the addresses of names, and refuses the name if one of them is refused: see [`Guard::resolve`].
///
/// A connector doesn't ask it about hosts that are addresses: [`Guard::check`] looks at these.
#[derive(Clone, Debug)]
pub struct GuardResolver {
    guard: Guard,
}

impl GuardResolver {
    /// Resolves names for a guard, on tokio's threads for blocking work.
    #[must_use]
    pub const fn new(guard: Guard) -> Self {
        Self { guard }
    }

    fn resolve(&self, host: &str) -> io::Result<IntoIter<SocketAddr>> {
        let mut addresses = self.guard.resolve(host, 0)?;
        for address in &mut addresses {
            // The port is the URL's. A connector takes another one for that of a service record.
            address.set_port(0);
        }
        Ok(Vec::into_iter(addresses))
    }
}

impl Service<Name> for GuardResolver {
    type Response = IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let resolver = self.clone();
        let addresses = tokio::task::spawn_blocking(move || resolver.resolve(name.as_str()));
        Box::pin(async move { addresses.await.map_err(io::Error::other)? })
    }
}
