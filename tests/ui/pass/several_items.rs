//! One invocation takes any number of items, and an item any number of readers.
#![deny(warnings)]

csp_runtime::connect_src! {
    static PAGES = [self];
    static BACKEND = ["https://api.example.com"];
    static LAST = ["https://hooks.example.net"]
}

static CSP: &str = PAGES.header();
static HEADERS: [&str; 2] = [BACKEND.header(), LAST.header()];
static POLICIES: &[&csp_runtime::Policy] = &[&PAGES, &BACKEND, &LAST];

fn main() {
    assert_eq!(CSP, "connect-src 'self'");
    assert_eq!(HEADERS, ["connect-src https://api.example.com", "connect-src https://hooks.example.net"]);
    assert_eq!(POLICIES.iter().map(|policy| policy.name()).collect::<Vec<_>>(), ["PAGES", "BACKEND", "LAST"]);
    assert!(POLICIES.iter().all(|policy| policy.line() == PAGES.line()));
}
