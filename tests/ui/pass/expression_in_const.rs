//! The expression form, where consts are.
#![deny(warnings)]

use csp_runtime::{Policy, connect_src};

const POLICY: &Policy =
    connect_src!(self, "https://api.example.com" => "the API", #[cfg(any())] "https://off.example.com");
const CSP: &str = connect_src!("https://api.example.com", "wss://ws.example.com",).header();
const LENGTH: usize = connect_src!(none).header().len();

struct Page;

impl Page {
    const POLICY: &'static Policy = connect_src!["https://page.example.com"];
}

const fn header() -> &'static str {
    connect_src! { "https://function.example.com" }.header()
}

fn main() {
    assert_eq!(POLICY.header(), "connect-src 'self' https://api.example.com");
    assert_eq!(POLICY.name(), "connect_src!");
    assert_eq!(CSP, "connect-src https://api.example.com wss://ws.example.com");
    assert_eq!([0; LENGTH].len(), "connect-src 'none'".len());
    assert_eq!(Page::POLICY.header(), "connect-src https://page.example.com");
    assert_eq!(header(), "connect-src https://function.example.com");

    let allowed = ["a", "b"].map(|_| connect_src!("https://closure.example.com").guard());
    assert!(allowed.iter().all(|guard| guard.allows("https://closure.example.com/")));
}
