//! Checked URLs, wherever a value can be.
#![deny(warnings)]

use csp_runtime::{Endpoint, Policy, connect_src, endpoint};

mod declarations {
    csp_runtime::connect_src! {
        pub static BACKEND = ["https://api.example.com/v1/", "wss://*.example.com:*", #[cfg(all())] "https://on.example.com"];
    }
}

connect_src! {
    // Names that the macro's own output could take for itself.
    static MESSAGE = ["https://api.example.com"];
    static URL = ["https://api.example.com"];
    static ENDPOINT = ["https://api.example.com"];
    static POLICY = ["https://api.example.com"];
    static HEADER = ["https://api.example.com"];
}

csp_runtime::policy! {
    static PAGE = { use_defaults: true, connect_src: ["https://api.example.com"], script_src: [nonce] };
}

const EXPRESSION: &Policy = connect_src!("https://api.example.com");

const USERS: Endpoint = endpoint!(declarations::BACKEND, "https://api.example.com/v1/users?page=2#top");
static FEED: Endpoint = endpoint!(crate::declarations::BACKEND, "wss://ws.example.com:8443/feed",);
const GATED: Endpoint = endpoint!(crate = csp_runtime; declarations::BACKEND, "https://on.example.com");
const OF_NONCE_POLICY: Endpoint = endpoint!(PAGE, "https://api.example.com/page");
const NAMES: [Endpoint; 5] = [
    endpoint!(MESSAGE, "https://api.example.com/message"),
    endpoint!(URL, "https://api.example.com/url"),
    endpoint!(ENDPOINT, "https://api.example.com/endpoint"),
    endpoint!(POLICY, "https://api.example.com/policy"),
    endpoint!(HEADER, "https://api.example.com/header"),
];

fn main() {
    assert_eq!(USERS.as_str(), "https://api.example.com/v1/users?page=2#top");
    assert_eq!(FEED.as_str(), "wss://ws.example.com:8443/feed");
    assert_eq!(GATED.to_string(), "https://on.example.com");
    assert_eq!(OF_NONCE_POLICY.as_str(), "https://api.example.com/page");
    assert_eq!(NAMES.map(Endpoint::as_str)[4], "https://api.example.com/header");

    let inside = endpoint!(EXPRESSION, r"https://api.example.com/inside");
    assert!(EXPRESSION.guard().allows(inside.as_str()));
    assert_eq!(inside.to_url().path(), "/inside");
}
