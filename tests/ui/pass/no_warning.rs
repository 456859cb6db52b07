//! What looks risky and isn't.
#![deny(warnings)]

csp_runtime::connect_src! {
    /// Another scheme, port or path is not covered.
    static BESIDE_A_WILDCARD = [
        "https://*.example.com",
        "wss://a.example.com",
        "https://a.example.com:8443",
        "https://example.com",
    ];
    static PATHS = ["https://api.example.com/v1/users", "https://api.example.com/v2/", "https://api.example.com/v3/"];
    static PRIVATE_SUFFIX = ["https://*.internal", "https://*.example.co.uk"];
    static DEVELOPMENT = [#[cfg(debug_assertions)] "http://localhost:*", #[cfg(test)] "ws://127.0.0.1:8080"];
    static OTHER_DEFAULT_PORT = ["https://api.example.com:80", "wss://ws.example.com:8443"];
}

fn main() {
    assert_eq!(BESIDE_A_WILDCARD.sources().len(), 4);
    assert_eq!(PATHS.sources().len(), 3);
    assert_eq!(PRIVATE_SUFFIX.sources().len(), 2);
    assert_eq!(DEVELOPMENT.sources().len(), usize::from(cfg!(debug_assertions)));
    assert_eq!(OTHER_DEFAULT_PORT.sources().len(), 2);
}
