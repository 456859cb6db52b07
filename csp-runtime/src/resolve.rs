//! From names to addresses that a guard admits.

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::vec::Vec;

use csp_core::{AddressKind, address_of_host};

use crate::{Blocked, Guard, Reason};

/// Finds the addresses of names. The guarded clients ask the one that [`Guard::resolver`] was given, else the system's.
///
/// It may block: asynchronous clients call it on a thread for that.
///
/// ```
/// use std::net::SocketAddr;
///
/// /// What tests are answered by, whatever the name.
/// struct Fixed(SocketAddr);
///
/// impl csp_runtime::Resolve for Fixed {
///     fn resolve(&self, _: &str, _: u16) -> std::io::Result<Vec<SocketAddr>> {
///         Ok(vec![self.0])
///     }
/// }
///
/// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
/// let guard = BACKEND.guard().public_only().resolver(Fixed("93.184.215.14:443".parse().unwrap()));
/// assert_eq!(guard.resolve("api.example.com", 443)?.len(), 1);
/// let rebound = BACKEND.guard().public_only().resolver(Fixed("127.0.0.1:443".parse().unwrap()));
/// assert!(rebound.resolve("api.example.com", 443).is_err());
/// # Ok::<(), std::io::Error>(())
/// ```
pub trait Resolve: Send + Sync {
    /// The addresses of a name, with the port.
    ///
    /// # Errors
    ///
    /// If the name has none, or that can't be found out.
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// The system's resolver.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((host, port).to_socket_addrs()?.collect())
    }
}

impl Guard {
    /// The addresses to connect to for a host, all of them looked at: dial these, and no others.
    ///
    /// A host that is an address itself is looked at as well. A name is refused if a single one of its addresses is.
    /// This may block.
    ///
    /// ```
    /// csp_runtime::connect_src! {
    ///     static LOCAL = [#[cfg(debug_assertions)] "http://localhost:*"];
    /// }
    /// assert!(!LOCAL.guard().resolve("localhost", 3000)?.is_empty());
    ///
    /// let error = LOCAL.guard().public_only().resolve("localhost", 3000).unwrap_err();
    /// assert!(csp_runtime::Blocked::find(&error).is_some());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If an address is refused (the error holds a [`Blocked`], see [`Blocked::find`]), or the name has none.
    pub fn resolve(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        let found = match address_of_host(host) {
            Some(address) => Vec::from([SocketAddr::new(address, port)]),
            None => match self.settings().resolver.as_deref() {
                Some(resolver) => resolver.resolve(host, port)?,
                None => SystemResolver.resolve(host, port)?,
            },
        };
        if found.is_empty() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
        }
        self.check_addresses(host, found.iter().map(SocketAddr::ip)).map_err(Blocked::into_io)?;
        Ok(found)
    }

    /// Checks the addresses of a host that was resolved elsewhere. `host` is for the message.
    ///
    /// ```
    /// csp_runtime::connect_src! { static BACKEND = ["https://api.example.com"]; }
    /// let check = |address: &str| BACKEND.guard().check_addresses("api.example.com", [address.parse().unwrap()]);
    /// assert!(check("93.184.215.14").is_ok());
    /// assert!(check("169.254.169.254").is_err(), "a metadata service");
    /// ```
    ///
    /// # Errors
    ///
    /// If one of them is refused.
    pub fn check_addresses(&self, host: &str, addresses: impl IntoIterator<Item = IpAddr>) -> Result<(), Blocked> {
        for address in addresses {
            if let Err(reason) = self.check_kind(AddressKind::of(address)) {
                return self.refuse(self.blocked(host.into(), reason).at_address(address));
            }
        }
        Ok(())
    }

    fn check_kind(&self, kind: AddressKind) -> Result<(), Reason> {
        if self.refuses_address(kind) { Err(Reason::AddressRefused(kind)) } else { Ok(()) }
    }
}

impl Blocked {
    /// As an error that code between a client and its resolver passes on.
    #[must_use]
    pub fn into_io(self) -> io::Error {
        io::Error::new(io::ErrorKind::PermissionDenied, self)
    }
}
