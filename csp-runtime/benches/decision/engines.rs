//! Who decides.

use std::collections::HashSet;
use std::hint::black_box;

use csp_runtime::{Guard, connect_src};
use http::Uri;
use url::{Origin, Url};

use crate::lists::List;
use crate::stand::{Decide, Engine};

pub(crate) const OURS: &str = "csp-runtime, &str";
pub(crate) const LIMIT: &str = "limit: host's end, hash, one probe, memcmp";

pub(crate) const ENGINES: [Engine; 8] = [
    Engine { name: OURS, decides: true, prepare: from_str },
    Engine { name: "csp-runtime, &Url", decides: true, prepare: from_url },
    Engine { name: "csp-runtime, &http::Uri", decides: true, prepare: from_uri },
    Engine { name: LIMIT, decides: false, prepare: limit },
    Engine { name: "Url::parse alone", decides: false, prepare: url_parse },
    Engine { name: "http::Uri parse alone", decides: false, prepare: uri_parse },
    Engine { name: "Url::parse + HashSet<Origin>", decides: true, prepare: origins },
    Engine { name: "starts_with (unsafe idiom)", decides: true, prepare: starts_with },
];

connect_src! {
    static NOTHING = [none];
}

fn guard(list: &List) -> Guard {
    NOTHING.extend(&list.sources).expect("admitted").guard()
}

fn from_str<'a>(list: &'a List, url: &'a str) -> Decide<'a> {
    let guard = guard(list);
    Box::new(move || guard.allows(black_box(url)))
}

fn from_url<'a>(list: &'a List, url: &'a str) -> Decide<'a> {
    let (guard, url) = (guard(list), Url::parse(url).unwrap());
    Box::new(move || guard.allows(black_box(&url)))
}

fn from_uri<'a>(list: &'a List, url: &'a str) -> Decide<'a> {
    let (guard, uri) = (guard(list), url.parse::<Uri>().unwrap());
    Box::new(move || guard.allows(black_box(&uri)))
}

fn url_parse<'a>(_: &'a List, url: &'a str) -> Decide<'a> {
    Box::new(move || black_box(Url::parse(black_box(url))).is_ok())
}

fn uri_parse<'a>(_: &'a List, url: &'a str) -> Decide<'a> {
    Box::new(move || black_box(black_box(url).parse::<Uri>()).is_ok())
}

/// What people write: exact origins only.
fn origins<'a>(list: &'a List, url: &'a str) -> Decide<'a> {
    let exact = list.sources.iter().filter(|source| !source.contains('*'));
    let origins: HashSet<Origin> = exact.map(|source| Url::parse(source).unwrap().origin()).collect();
    Box::new(move || Url::parse(black_box(url)).is_ok_and(|url| origins.contains(&url.origin())))
}

fn starts_with<'a>(list: &'a List, url: &'a str) -> Decide<'a> {
    Box::new(move || list.sources.iter().any(|source| black_box(url).starts_with(source.as_str())))
}

/// The least that a decision by host needs: find the end of the host, hash it, look at one slot, compare the name.
fn limit<'a>(list: &'a List, url: &'a str) -> Decide<'a> {
    let hosts: Vec<&str> = list.sources.iter().filter_map(|source| source.strip_prefix("https://")).collect();
    let mut slots: Vec<&str> = vec![""; (hosts.len() * 4).next_power_of_two()];
    for host in hosts {
        let host = host.split('/').next().unwrap();
        let slot = hash(host.as_bytes()) & (slots.len() - 1);
        if slots[slot].is_empty() || url.contains(host) {
            slots[slot] = host;
        }
    }
    Box::new(move || {
        let url = black_box(url);
        let Some(rest) = url.strip_prefix("https://") else { return false };
        let host = &rest[..host_end(rest)];
        slots[hash(host.as_bytes()) & (slots.len() - 1)] == host
    })
}

/// Eight bytes a step.
fn host_end(rest: &str) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let (chunks, last) = rest.as_bytes().as_chunks();
    for (number, chunk) in chunks.iter().enumerate() {
        let word = u64::from_le_bytes(*chunk);
        let found = b"/:?#".iter().fold(0, |found, &byte| {
            let zero_where_equal = word ^ (ONES * u64::from(byte));
            found | (zero_where_equal.wrapping_sub(ONES) & !zero_where_equal & (ONES << 7))
        });
        if found != 0 {
            return number * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let end = last.iter().position(|byte| b"/:?#".contains(byte)).unwrap_or(last.len());
    rest.len() - last.len() + end
}

fn hash(bytes: &[u8]) -> usize {
    let mut hash = 0x9e37_79b9_7f4a_7c15_u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        hash = mix(hash ^ u64::from_le_bytes(chunk.try_into().unwrap()));
    }
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    usize::try_from(mix(hash ^ u64::from_le_bytes(last)) >> 1).unwrap()
}

#[expect(clippy::cast_possible_truncation, reason = "the halves of a product")]
fn mix(value: u64) -> u64 {
    let product = u128::from(value) * 0xd6e8_feb8_6659_fd93;
    product as u64 ^ (product >> 64) as u64
}
