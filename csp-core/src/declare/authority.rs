//! Host and port of a declared source.

use alloc::format;
use alloc::string::{String, ToString};

use super::mistake::Mistake;
use super::mistake::Parsed;
use super::public_suffix::is_public_suffix;
use super::{SourceErrorKind as Kind, punycode};
use crate::target::is_canonical_ipv4;
use crate::{HostPart, PortPart, suggest};

/// Reads `authority`, which stands at `offset` in `text`.
pub(super) fn parse<'a>(text: &str, offset: usize, authority: &'a str) -> Parsed<(HostPart<'a>, PortPart)> {
    let replaced = |authority: &str, by: &str| replace_at(text, offset, authority, by);
    if let Some(position) = authority.rfind('@') {
        return Err(Mistake::new(
            Kind::Userinfo,
            offset..offset + position + 1,
            "has a user name",
            "browsers drop a source with credentials, and a policy is public",
        )
        .fix(replaced(authority, &authority[position + 1..])));
    }
    // Names with dots or letters beyond those of IPv6 have ports behind their colons.
    let (first, rest) = authority.split_once(':').unwrap_or((authority, ""));
    let is_name = first.contains(|character: char| !character.is_ascii_hexdigit()) && !first.contains(['[', ']']);
    if is_name && let Some(position) = rest.find(':') {
        let start = offset + first.len() + 1 + position;
        return Err(Mistake::new(
            Kind::PortCharacter,
            start..start + rest.len() - position,
            "has more than one port",
            "browsers drop such a source",
        )
        .advice("write one port, or `:*` for every port"));
    }
    // `[tenant].example` is a template.
    let is_template = suggest::placeholder(authority).is_some_and(|placeholder| !authority[placeholder].contains(':'));
    if (authority.contains(['[', ']']) && !is_template) || authority.matches(':').count() > 1 {
        return Err(Mistake::new(
            Kind::Ipv6,
            offset..offset + authority.len(),
            "is an IPv6 address",
            "the grammar of policies has no IPv6 addresses; browsers drop such a source",
        )
        .advice("write a host name that resolves to it"));
    }
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    if host.is_empty() {
        let tail = text[offset + authority.len()..].trim_start_matches('/');
        let scheme = &text[..offset];
        return Err(Mistake::new(
            Kind::HostMissing,
            offset..offset,
            "has no host",
            "a source is a place on the network",
        )
        .fix(Some(format!("{scheme}{tail}")).filter(|_| port.is_none() && !tail.is_empty()))
        .advice(format!("write a host after {scheme}")));
    }
    let port_offset = offset + host.len();
    let host = parse_host(text, offset, host)?;
    let port = match port {
        Some(port) => parse_port(text, port_offset, port)?,
        None => PortPart::Default,
    };
    Ok((host, port))
}

/// `text` with its `host`, which stands at `offset`, replaced by `*.parent`, and what that covers. `None` where all that
/// is below the parent is not one's own.
fn below(text: &str, offset: usize, host: &str, parent: &str) -> Option<(String, String)> {
    let is_own = parent.contains('.') && !is_public_suffix(parent);
    is_own.then(|| {
        (
            replace_at(text, offset, host, &format!("*.{parent}")),
            format!("every host below {}", suggest::excerpt(parent)),
        )
    })
}

/// `text` with the `old` that stands at `offset` replaced.
fn replace_at(text: &str, offset: usize, old: &str, new: &str) -> String {
    format!("{}{new}{}", &text[..offset], &text[offset + old.len()..])
}

fn parse_host<'a>(text: &str, offset: usize, host: &'a str) -> Parsed<HostPart<'a>> {
    let at = |position: usize, length: usize| offset + position..offset + position + length;
    let replaced = |new: &str| replace_at(text, offset, host, new);
    if let (Some(first), Some(last)) = (host.find(not_ascii), host.rfind(not_ascii)) {
        let length = host[last..].chars().next().map_or(1, char::len_utf8);
        return Err(Mistake::new(
            Kind::NonAsciiHost,
            at(first, last + length - first),
            "has a non-ASCII host",
            "browsers drop the whole directive because of it, and block nothing",
        )
        .fix(punycode::host_to_ascii(host).map(|ascii| replaced(&ascii)))
        .advice("write the host in its ASCII form (xn--…)"));
    }
    if host == "*" {
        return Ok(HostPart::Any);
    }
    let (name, part): (_, fn(&'a str) -> HostPart<'a>) = match host.strip_prefix("*.") {
        Some(parent) => (parent, HostPart::Subdomains),
        None => (host, HostPart::Exact),
    };
    check_wildcards(text, offset, host, name)?;
    if let Some(placeholder) = suggest::placeholder(host) {
        let parent = host[placeholder.end..].split_once('.').map(|(_, parent)| parent);
        return Err(Mistake::new(
            Kind::HostCharacter,
            at(placeholder.start, placeholder.len()),
            format!("has the placeholder `{}` in its host", suggest::excerpt(&host[placeholder])),
            "sources have no placeholders; browsers drop such a source",
        )
        .widening(parent.and_then(|parent| below(text, offset, host, parent)))
        .advice("list the hosts"));
    }
    if let Some(position) = host.find(|character: char| character.is_ascii_uppercase()) {
        return Err(Mistake::new(
            Kind::Uppercase,
            at(position, 1),
            "has an upper-case host",
            "declarations are written canonically, so that the header says what was written",
        )
        .fix(replaced(&host.to_ascii_lowercase())));
    }
    if let Some(position) = host.find('_') {
        let start = host[..position].rfind('.').map_or(0, |dot| dot + 1);
        let parent = host[start..].split_once('.').map(|(_, parent)| parent);
        return Err(Mistake::new(
            Kind::Underscore,
            at(position, 1),
            "has an underscore in its host",
            "browsers drop such a source: the grammar of policies has no underscores in hosts",
        )
        .widening(parent.and_then(|parent| below(text, offset, host, parent)))
        .advice("give the host a name without underscores"));
    }
    let wrong = |character: char| !(character.is_ascii_alphanumeric() || matches!(character, '-' | '.' | '*'));
    if let Some(position) = host.find(wrong) {
        return Err(Mistake::new(
            Kind::HostCharacter,
            at(position, 1),
            format!("has `{}` in its host", suggest::excerpt(&host[position..=position])),
            "host names have letters, digits, hyphens and dots",
        )
        .advice("write the host's name"));
    }
    if name.is_empty() {
        return Err(Mistake::new(
            Kind::HostMissing,
            at(host.len(), 0),
            "has no host after `*.`",
            "`*.` covers what is below a name",
        )
        .advice("write the name below which all hosts are meant"));
    }
    check_labels(text, offset, host, name)?;
    Ok(part(name))
}

fn not_ascii(character: char) -> bool {
    !character.is_ascii()
}

/// `*` elsewhere than as the whole first label. `name` is `host` without a leading `*.`.
fn check_wildcards(text: &str, offset: usize, host: &str, name: &str) -> Parsed<()> {
    let Some(position) = name.rfind('*') else { return Ok(()) };
    let start = name[..position].rfind('.').map_or(0, |dot| dot + 1);
    let end = name[start..].find('.').map_or(name.len(), |dot| start + dot);
    let label = offset + host.len() - name.len() + start;
    let (kind, headline) = if name[start..end] == *"*" {
        (Kind::WildcardPosition, "has a wildcard that is not the first label")
    } else {
        (Kind::PartialWildcard, "has a wildcard within a label")
    };
    // `*example.com` was meant to be what is below example.com, `api*.example.com` one of the hosts below it.
    let parent = match name[start..].strip_prefix('*') {
        Some(parent) if kind == Kind::PartialWildcard && parent.contains('.') => Some(parent),
        _ => name[end..].strip_prefix('.'),
    };
    Err(Mistake::new(
        kind,
        label..label + end - start,
        headline,
        "browsers drop it: only `*.` at the beginning stands for subdomains",
    )
    .widening(parent.and_then(|parent| below(text, offset, host, parent)))
    .advice("list the hosts"))
}

fn check_labels(text: &str, offset: usize, host: &str, name: &str) -> Parsed<()> {
    let start = offset + host.len() - name.len();
    let end = start + name.len();
    let replaced = |new: String| replace_at(text, offset, host, &new);
    if name.ends_with('.') {
        return Err(Mistake::new(
            Kind::TrailingDot,
            end - 1..end,
            "has a dot after its host",
            "browsers disagree on it, and none takes it for the same host",
        )
        .fix(replaced(host.trim_end_matches('.').to_string())));
    }
    let mut position = start;
    for label in name.split('.') {
        if label.is_empty() {
            let labels = host.split('.').filter(|label| !label.is_empty());
            let joined = labels.collect::<alloc::vec::Vec<_>>().join(".");
            return Err(Mistake::new(
                Kind::EmptyLabel,
                position..position + 1,
                "has an empty label in its host",
                "no host has such a name",
            )
            .fix(replaced(joined)));
        }
        if label.len() > 63 {
            return Err(Mistake::new(
                Kind::HostTooLong,
                position..position + label.len(),
                "has a label of more than 63 characters",
                "no host has such a name",
            )
            .advice("write the host's name"));
        }
        position += label.len() + 1;
    }
    if name.len() > 253 {
        return Err(Mistake::new(
            Kind::HostTooLong,
            start..end,
            "has a host of more than 253 characters",
            "no host has such a name",
        )
        .advice("write the host's name"));
    }
    if !ends_in_number(name) || (host.len() == name.len() && is_canonical_ipv4(name.as_bytes())) {
        return Ok(());
    }
    match parse_ipv4(name) {
        Some([a, b, c, d]) if host.len() == name.len() => Err(Mistake::new(
            Kind::NonCanonicalIpv4,
            start..end,
            "has an IPv4 address in an unusual spelling",
            "browsers compare addresses in their canonical spelling, so this one never matches",
        )
        .fix(replaced(format!("{a}.{b}.{c}.{d}")))),
        _ => Err(Mistake::new(
            Kind::InvalidIpv4,
            start..end,
            "has an invalid IPv4 address",
            "a host whose last label is a number is an address, and this is none",
        )
        .advice("write a host name, or four numbers up to 255")),
    }
}

/// Whether a URL parser takes the host for an IPv4 address
/// ([URL, "ends in a number checker"](https://url.spec.whatwg.org/#ends-in-a-number-checker)).
fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    last.bytes().all(|byte| byte.is_ascii_digit()) || parse_ipv4_number(last).is_some()
}

/// The address that a URL parser makes of an IPv4 host in any spelling
/// ([URL, "IPv4 parser"](https://url.spec.whatwg.org/#concept-ipv4-parser)).
fn parse_ipv4(host: &str) -> Option<[u8; 4]> {
    let count = host.split('.').count();
    if count > 4 {
        return None;
    }
    let mut address = 0u32;
    for (index, part) in host.split('.').enumerate() {
        let number = parse_ipv4_number(part)?;
        if index + 1 < count {
            address |= u32::from(u8::try_from(number).ok()?) << (24 - 8 * index);
        } else {
            // The last number fills the remaining bytes.
            if number >= 1u64 << (8 * (5 - count)) {
                return None;
            }
            address |= u32::try_from(number).ok()?;
        }
    }
    Some(address.to_be_bytes())
}

fn parse_ipv4_number(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [] => return None,
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    };
    if digits.is_empty() {
        return Some(0);
    }
    digits.bytes().all(|byte| byte.is_ascii_alphanumeric()).then(|| u64::from_str_radix(digits, radix).ok())?
}

fn parse_port(text: &str, offset: usize, port: &str) -> Parsed<PortPart> {
    let range = offset + 1..offset + 1 + port.len();
    match port {
        "" => {
            return Err(Mistake::new(
                Kind::EmptyPort,
                offset..offset + 1,
                "has an empty port",
                "browsers drop such a source",
            )
            .fix(replace_at(text, offset, ":", "")));
        }
        "*" => return Ok(PortPart::Any),
        _ => {}
    }
    if let Some(position) = port.find(|character: char| !character.is_ascii_digit()) {
        let start = offset + 1 + position;
        let length = port[position..].chars().next().map_or(1, char::len_utf8);
        return Err(Mistake::new(
            Kind::PortCharacter,
            start..start + length,
            "has a port that is no number",
            "browsers drop such a source",
        )
        .advice("write a port from 1 to 65535, `:*` for every port, or none"));
    }
    let significant = port.trim_start_matches('0');
    let Ok(number) = significant.parse::<u16>() else {
        return Err(Mistake::new(
            Kind::PortOutOfRange,
            range,
            "has a port that does not exist",
            "ports go from 1 to 65535; browsers match nothing with this one",
        )
        .advice("write a port from 1 to 65535, `:*` for every port, or none"));
    };
    if significant.len() != port.len() {
        return Err(Mistake::new(
            Kind::LeadingZeroPort,
            range,
            "has a port with a leading zero",
            "some browsers drop such a source",
        )
        .fix(replace_at(text, offset + 1, port, significant)));
    }
    Ok(PortPart::Number(number))
}

/// Whether the host is this machine's own, in whatever spelling.
pub(super) fn is_loopback(host: &str) -> bool {
    crate::address::is_loopback(host.as_bytes())
        || host.starts_with("[::1]")
        || parse_ipv4(host).is_some_and(|address| address[0] == 127 || address == [0; 4])
}
