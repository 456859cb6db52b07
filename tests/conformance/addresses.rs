//! Every special range, at its edges and beyond them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use csp_core::AddressKind::{self, LinkLocal, Loopback, Metadata, Private, Public, Special, Teredo};
use csp_core::address_of_host;
use proptest::prelude::*;

fn kind(address: &str) -> AddressKind {
    AddressKind::of(address.parse().unwrap_or_else(|error| panic!("{address}: {error}")))
}

#[test]
fn ipv4_ranges() {
    for (first, last, expected) in [
        ("0.0.0.0", "0.0.0.0", Loopback),
        ("0.0.0.1", "0.255.255.255", Special),
        ("1.0.0.0", "9.255.255.255", Public),
        ("10.0.0.0", "10.255.255.255", Private),
        ("11.0.0.0", "100.63.255.255", Public),
        ("100.64.0.0", "100.100.100.199", Private),
        ("100.100.100.200", "100.100.100.200", Metadata),
        ("100.100.100.201", "100.127.255.255", Private),
        ("100.128.0.0", "126.255.255.255", Public),
        ("127.0.0.0", "127.255.255.255", Loopback),
        ("128.0.0.0", "168.63.129.15", Public),
        ("168.63.129.16", "168.63.129.16", Metadata),
        ("168.63.129.17", "169.253.255.255", Public),
        ("169.254.0.0", "169.254.169.253", LinkLocal),
        ("169.254.169.254", "169.254.169.254", Metadata),
        ("169.254.169.255", "169.254.170.1", LinkLocal),
        ("169.254.170.2", "169.254.170.2", Metadata),
        ("169.254.170.3", "169.254.170.22", LinkLocal),
        ("169.254.170.23", "169.254.170.23", Metadata),
        ("169.254.170.24", "169.254.255.255", LinkLocal),
        ("169.255.0.0", "172.15.255.255", Public),
        ("172.16.0.0", "172.31.255.255", Private),
        ("172.32.0.0", "191.255.255.255", Public),
        ("192.0.0.0", "192.0.0.8", Special),
        ("192.0.0.9", "192.0.0.10", Public),
        ("192.0.0.11", "192.0.0.191", Special),
        ("192.0.0.192", "192.0.0.192", Metadata),
        ("192.0.0.193", "192.0.0.255", Special),
        ("192.0.1.0", "192.0.1.255", Public),
        ("192.0.2.0", "192.0.2.255", Special),
        ("192.0.3.0", "192.88.98.255", Public),
        ("192.88.99.0", "192.88.99.255", Special),
        ("192.88.100.0", "192.167.255.255", Public),
        ("192.168.0.0", "192.168.255.255", Private),
        ("192.169.0.0", "198.17.255.255", Public),
        ("198.18.0.0", "198.19.255.255", Special),
        ("198.20.0.0", "198.51.99.255", Public),
        ("198.51.100.0", "198.51.100.255", Special),
        ("198.51.101.0", "203.0.112.255", Public),
        ("203.0.113.0", "203.0.113.255", Special),
        ("203.0.114.0", "223.255.255.255", Public),
        ("224.0.0.0", "255.255.255.255", Special),
    ] {
        for address in [first, last] {
            assert_eq!(kind(address), expected, "{address}");
        }
        let (first, last): (Ipv4Addr, Ipv4Addr) = (first.parse().expect("v4"), last.parse().expect("v4"));
        let middle = Ipv4Addr::from_bits(first.to_bits() + (last.to_bits() - first.to_bits()) / 2);
        assert_eq!(AddressKind::of(middle.into()), expected, "{middle}");
    }
}

#[test]
fn ipv6_ranges() {
    for (address, expected) in [
        ("::", Loopback),
        ("::1", Loopback),
        ("fe7f:ffff::", Special),
        ("fe80::1", LinkLocal),
        ("febf:ffff::1", LinkLocal),
        ("fe80::a9fe:a9fe", Metadata),
        ("fec0::1", Private),
        ("feff::1", Private),
        ("fbff::1", Special),
        ("fc00::1", Private),
        ("fdff:ffff::1", Private),
        ("fd00:ec2::253", Private),
        ("fd00:ec2::254", Metadata),
        ("fd20:ce::254", Metadata),
        ("ff02::1", Special),
        ("100::1", Special),
        ("100:0:0:1::1", Special),
        ("5f00::1", Special),
        ("4000::1", Special),
        ("1fff::1", Special),
        ("2000::1", Public),
        ("2606:4700:4700::1111", Public),
        ("2a00:1450:4001::1", Public),
        ("3ffe:ffff::1", Public),
        ("3fff::1", Special),
        ("3fff:fff::1", Special),
        ("3fff:1000::1", Public),
        ("2001::1", Teredo),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", Teredo),
        ("2001:1::1", Public),
        ("2001:1::3", Public),
        ("2001:1::4", Special),
        ("2001:2::1", Special),
        ("2001:3::1", Public),
        ("2001:4:112::1", Public),
        ("2001:4:113::1", Special),
        ("2001:10::1", Special),
        ("2001:20::1", Special),
        ("2001:30::1", Public),
        ("2001:1ff::1", Special),
        ("2001:200::1", Public),
        ("2001:4860:4860::8888", Public),
        ("2001:db8::1", Special),
        ("2001:db9::1", Public),
    ] {
        assert_eq!(kind(address), expected, "{address}");
    }
}

#[test]
fn embedded_ipv4_addresses_count() {
    for (address, expected) in [
        ("::ffff:127.0.0.1", Loopback),
        ("::ffff:10.0.0.1", Private),
        ("::ffff:169.254.169.254", Metadata),
        ("::ffff:8.8.8.8", Public),
        ("::127.0.0.1", Special),
        ("::169.254.169.254", Metadata),
        ("::8.8.8.8", Special),
        ("::2", Special),
        ("::ffff:0:169.254.169.254", Metadata),
        ("64:ff9b::169.254.169.254", Metadata),
        ("64:ff9b::10.0.0.1", Private),
        ("64:ff9b::8.8.8.8", Public),
        ("64:ff9b:1::169.254.169.254", Metadata),
        ("64:ff9b:1:a9fe:a9:fe00::", Metadata),
        ("64:ff9b:1:808:8:800::", Private),
        ("64:ff9b:2::1", Special),
        ("2002:a9fe:a9fe::1", Metadata),
        ("2002:7f00:1::", Loopback),
        ("2002:808:808::1", Public),
        ("2003::1", Public),
    ] {
        assert_eq!(kind(address), expected, "{address}");
    }
}

#[test]
fn only_some_kinds_are_refused_whatever_is_declared() {
    for (kind, refused, words) in [
        (Public, false, "a public address"),
        (Loopback, false, "an address of this machine"),
        (Private, false, "a private address"),
        (Special, false, "an address of no service"),
        (LinkLocal, true, "a link-local address"),
        (Teredo, true, "a Teredo address"),
        (Metadata, true, "the address of a metadata service"),
    ] {
        assert_eq!((kind.is_always_refused(), kind.to_string().as_str()), (refused, words));
    }
}

#[test]
fn hosts_of_urls() {
    assert_eq!(address_of_host("127.0.0.1"), Some(Ipv4Addr::LOCALHOST.into()));
    assert_eq!(address_of_host("[::1]"), Some(Ipv6Addr::LOCALHOST.into()));
    for host in ["::1", "[::1", "[127.0.0.1]", "127.1", "a.example", "", "[]"] {
        assert_eq!(address_of_host(host), None, "{host}");
    }
}

proptest! {
    /// What is no service's address to the standard library is none to us.
    #[test]
    fn never_less_strict_than_the_standard_library(bits: u32, wide: u128) {
        let v4 = Ipv4Addr::from_bits(bits);
        if v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_multicast() || v4.is_broadcast() || v4.is_documentation() || v4.is_unspecified() {
            prop_assert_ne!(AddressKind::of(v4.into()), Public, "{}", v4);
        }
        prop_assert_eq!(AddressKind::of(v4.to_ipv6_mapped().into()), AddressKind::of(v4.into()), "{}", v4);
        let v6 = Ipv6Addr::from_bits(wide);
        if v6.is_loopback() || v6.is_multicast() || v6.is_unspecified() || v6.is_unique_local() || v6.is_unicast_link_local() {
            prop_assert_ne!(AddressKind::of(IpAddr::V6(v6)), Public, "{}", v6);
        }
    }
}
