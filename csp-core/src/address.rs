//! What kind of network an IP address belongs to.
//!
//! A guard looks at addresses too: a name that is covered may resolve to one that no public service has. The ranges are
//! those of the [IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry) and
//! [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry) registries of special addresses, and the
//! addresses where clouds keep their metadata.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::ascii::ends_with_ignore_case;

/// What kind of network an address belongs to, the least trusted last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AddressKind {
    /// An address of the public internet.
    Public,
    /// An address of this machine.
    Loopback,
    /// An address within an organization: private use, shared by a carrier's customers, unique local, site-local.
    Private,
    /// An address for documentation, benchmarks, multicast or protocols, or not assigned: no service has it.
    Special,
    /// An address of the same link, where no router is between.
    LinkLocal,
    /// A Teredo address: the IPv4 address in it can't be relied on.
    Teredo,
    /// The address of a cloud's metadata service, which hands out credentials.
    Metadata,
}

impl AddressKind {
    /// The kind of an address. An IPv4 address within an IPv6 address counts too: mapped, compatible, translated, NAT64
    /// and 6to4.
    ///
    /// ```
    /// use csp_core::AddressKind;
    ///
    /// let kind = |address: &str| AddressKind::of(address.parse().unwrap());
    /// assert_eq!(kind("93.184.215.14"), AddressKind::Public);
    /// assert_eq!(kind("169.254.169.254"), AddressKind::Metadata);
    /// assert_eq!(kind("::ffff:10.0.0.1"), AddressKind::Private);
    /// ```
    #[must_use]
    pub const fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => of_v4(address),
            IpAddr::V6(address) => of_v6(address),
        }
    }

    /// Whether a guard refuses such an address whatever is declared: what hands out credentials, and what only a machine
    /// nearby answers.
    #[must_use]
    pub const fn is_always_refused(self) -> bool {
        matches!(self, Self::LinkLocal | Self::Teredo | Self::Metadata)
    }

    /// The kind in words, as they follow "is".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "a public address",
            Self::Loopback => "an address of this machine",
            Self::Private => "a private address",
            Self::Special => "an address of no service",
            Self::LinkLocal => "a link-local address",
            Self::Teredo => "a Teredo address",
            Self::Metadata => "the address of a metadata service",
        }
    }
}

impl fmt::Display for AddressKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// The address that the host of a URL is, as the URL Standard writes it: an IPv6 address in brackets.
///
/// ```
/// assert_eq!(csp_core::address_of_host("[::1]"), "::1".parse().ok());
/// assert_eq!(csp_core::address_of_host("localhost"), None);
/// ```
#[must_use]
pub fn address_of_host(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?.parse().ok().map(IpAddr::V6),
        None => host.parse().ok().map(IpAddr::V4),
    }
}

/// Whether a canonical host is this machine's own: `localhost` and what is below it, `127.0.0.0/8`, `0.0.0.0`.
pub(crate) const fn is_loopback(host: &[u8]) -> bool {
    const NAME: &[u8] = b"localhost";

    if let [b'1', b'2', b'7', b'.', rest @ ..] = host {
        return is_number(rest);
    }
    let Some(start) = host.len().checked_sub(NAME.len()) else { return matches!(host, b"0.0.0.0") };
    ends_with_ignore_case(host, NAME) && (start == 0 || host[start - 1] == b'.')
}

/// Whether there are digits and dots alone.
const fn is_number(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let [b'0'..=b'9' | b'.', tail @ ..] = rest {
        rest = tail;
    }
    rest.is_empty()
}

/// The addresses that share their first bits.
struct Block<N> {
    first: N,
    length: u32,
    kind: AddressKind,
}

const fn v4(first: [u8; 4], length: u32, kind: AddressKind) -> Block<u32> {
    Block { first: u32::from_be_bytes(first), length, kind }
}

const fn v6(first: Ipv6Addr, length: u32, kind: AddressKind) -> Block<u128> {
    Block { first: first.to_bits(), length, kind }
}

/// The first block that has an address decides.
const V4: [Block<u32>; 24] = [
    v4([169, 254, 169, 254], 32, AddressKind::Metadata),
    // Of a container's task.
    v4([169, 254, 170, 2], 32, AddressKind::Metadata),
    v4([169, 254, 170, 23], 32, AddressKind::Metadata),
    v4([100, 100, 100, 200], 32, AddressKind::Metadata),
    v4([168, 63, 129, 16], 32, AddressKind::Metadata),
    v4([192, 0, 0, 192], 32, AddressKind::Metadata),
    v4([169, 254, 0, 0], 16, AddressKind::LinkLocal),
    v4([127, 0, 0, 0], 8, AddressKind::Loopback),
    // Systems take it for this machine.
    v4([0, 0, 0, 0], 32, AddressKind::Loopback),
    v4([0, 0, 0, 0], 8, AddressKind::Special),
    v4([10, 0, 0, 0], 8, AddressKind::Private),
    v4([100, 64, 0, 0], 10, AddressKind::Private),
    v4([172, 16, 0, 0], 12, AddressKind::Private),
    v4([192, 168, 0, 0], 16, AddressKind::Private),
    // Anycast addresses of protocols that are public.
    v4([192, 0, 0, 9], 32, AddressKind::Public),
    v4([192, 0, 0, 10], 32, AddressKind::Public),
    v4([192, 0, 0, 0], 24, AddressKind::Special),
    v4([192, 0, 2, 0], 24, AddressKind::Special),
    v4([192, 88, 99, 0], 24, AddressKind::Special),
    v4([198, 18, 0, 0], 15, AddressKind::Special),
    v4([198, 51, 100, 0], 24, AddressKind::Special),
    v4([203, 0, 113, 0], 24, AddressKind::Special),
    v4([224, 0, 0, 0], 4, AddressKind::Special),
    v4([240, 0, 0, 0], 4, AddressKind::Special),
];

/// The first block that has an address decides. What is in none of them is no address of the public internet, which lies
/// in `2000::/3`.
const V6: [Block<u128>; 19] = [
    v6(Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), 128, AddressKind::Metadata),
    v6(Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254), 128, AddressKind::Metadata),
    v6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0xa9fe, 0xa9fe), 128, AddressKind::Metadata),
    v6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, AddressKind::LinkLocal),
    v6(Ipv6Addr::LOCALHOST, 128, AddressKind::Loopback),
    // Systems take it for this machine.
    v6(Ipv6Addr::UNSPECIFIED, 128, AddressKind::Loopback),
    v6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, AddressKind::Private),
    v6(Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, AddressKind::Private),
    v6(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, AddressKind::Teredo),
    // Of the protocols' /23, these are public: anycast, AMT, AS112, drone identifiers.
    v6(Ipv6Addr::new(0x2001, 1, 0, 0, 0, 0, 0, 0), 126, AddressKind::Public),
    v6(Ipv6Addr::new(0x2001, 3, 0, 0, 0, 0, 0, 0), 32, AddressKind::Public),
    v6(Ipv6Addr::new(0x2001, 4, 0x112, 0, 0, 0, 0, 0), 48, AddressKind::Public),
    v6(Ipv6Addr::new(0x2001, 0x30, 0, 0, 0, 0, 0, 0), 28, AddressKind::Public),
    v6(Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, AddressKind::Special),
    v6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, AddressKind::Special),
    v6(Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, AddressKind::Special),
    v6(Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, AddressKind::Special),
    v6(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3, AddressKind::Public),
    v6(Ipv6Addr::UNSPECIFIED, 0, AddressKind::Special),
];

const fn of_v4(address: Ipv4Addr) -> AddressKind {
    let bits = address.to_bits();
    let mut index = 0;
    while index < V4.len() {
        let Block { first, length, kind } = V4[index];
        if (bits ^ first) >> (32 - length) == 0 {
            return kind;
        }
        index += 1;
    }
    AddressKind::Public
}

const fn of_v6(address: Ipv6Addr) -> AddressKind {
    match embedded(address) {
        // Where the prefix is one of the public internet, the inner address says it all.
        Some((inner, least)) => worse(of_v4(inner), least),
        None => of_blocks_v6(address.to_bits()),
    }
}

const fn of_blocks_v6(bits: u128) -> AddressKind {
    let mut index = 0;
    while index < V6.len() {
        let Block { first, length, kind } = V6[index];
        if length == 0 || (bits ^ first) >> (128 - length) == 0 {
            return kind;
        }
        index += 1;
    }
    AddressKind::Special
}

/// The IPv4 address that packets to an IPv6 address may end at, and the least that the IPv6 address is.
const fn embedded(address: Ipv6Addr) -> Option<(Ipv4Addr, AddressKind)> {
    let (high, low, least) = match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => return None,
        // Mapped, ::ffff:a.b.c.d (RFC 4291, 2.5.5.2); NAT64, 64:ff9b::a.b.c.d (RFC 6052); 6to4, 2002:a.b.c.d::/48 (RFC 3056)
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            (high, low, AddressKind::Public)
        }
        // Compatible, ::a.b.c.d (RFC 4291, 2.5.5.1); translated, ::ffff:0:a.b.c.d (RFC 2765)
        [0, 0, 0, 0, 0 | 0xffff, 0, high, low] => (high, low, AddressKind::Special),
        // NAT64 of a network's own, 64:ff9b:1::/48 (RFC 8215): the address at the end, or where RFC 6052 puts it behind a
        // prefix of 48 bits.
        [0x64, 0xff9b, 1, 0, 0, 0, high, low] => (high, low, AddressKind::Private),
        [0x64, 0xff9b, 1, high, middle, low, ..] => (high, middle << 8 | low >> 8, AddressKind::Private),
        _ => return None,
    };
    Some((Ipv4Addr::from_bits((high as u32) << 16 | low as u32), least))
}

const fn worse(left: AddressKind, right: AddressKind) -> AddressKind {
    if left as u8 >= right as u8 { left } else { right }
}
