//! Other libraries that decide whether a URL may be reached, on the stand of the decision bench.

#![allow(clippy::print_stdout, reason = "a bench talks")]
#![allow(clippy::unwrap_used, reason = "a bench that panics has failed")]

#[path = "../../decision/lists.rs"]
#[allow(dead_code, reason = "the bench asks for the rest")]
mod lists;
#[path = "../../decision/stand.rs"]
mod stand;

use std::cell::RefCell;
use std::hint::black_box;

use content_security_policy::{
    CheckResult, CspList, Destination, Initiator, ParserMetadata, PolicyDisposition, PolicySource, Request,
};
use deno_permissions::{NetDescriptor, Permissions};
use url::Url;

use lists::List;
use stand::{Decide, Engine};

const ENGINES: [Engine; 2] = [
    Engine { name: "content-security-policy 0.9, &Url", decides: true, prepare: content_security_policy },
    Engine { name: "deno_permissions 0.119, &Url", decides: true, prepare: deno_permissions },
];

fn main() {
    assert!(stand::run(&ENGINES), "the decision bench of csp-runtime runs this");
}

fn content_security_policy<'a>(list: &'a List, url: &'a str) -> Decide<'a> {
    let header = format!("connect-src {}", list.sources.join(" "));
    let policies = CspList::parse(&header, PolicySource::Header, PolicyDisposition::Enforce);
    let url = Url::parse(url).unwrap();
    let request = Request {
        url: url.clone(),
        current_url: url,
        origin: Url::parse("https://shop.example/").unwrap().origin(),
        redirect_count: 0,
        destination: Destination::None,
        initiator: Initiator::Fetch,
        nonce: String::new(),
        integrity_metadata: String::new(),
        parser_metadata: ParserMetadata::None,
    };
    Box::new(move || policies.should_request_be_blocked(black_box(&request)).0 == CheckResult::Allowed)
}

/// Knows hosts and ports, no paths: those are cut off.
fn deno_permissions<'a>(list: &'a List, url: &'a str) -> Decide<'a> {
    let host = |source: &String| source.trim_start_matches("https://").split('/').next().unwrap().to_owned();
    let allowed = list.sources.iter().map(|source| NetDescriptor::parse_for_list(&(host(source) + ":443")).unwrap());
    let mut permissions = Permissions::none_without_prompt();
    permissions.net = Permissions::new_unary(Some(allowed.collect()), None, false);
    let (net, url) = (RefCell::new(permissions.net), Url::parse(url).unwrap());
    // What `PermissionsContainer::check_net_url` does under its lock.
    Box::new(move || {
        let target = NetDescriptor::from_url(black_box(&url)).unwrap();
        net.borrow_mut().check(&target, Some("fetch()")).is_ok()
    })
}
