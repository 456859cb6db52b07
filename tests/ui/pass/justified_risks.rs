//! A reason silences every warning about a source.
#![deny(warnings)]
#![allow(unexpected_cfgs)]

csp_runtime::connect_src! {
    static ANY_HOST = [#[insecure(reason = "a link checker")] "*"];
    static ANY_HTTPS_HOST = [#[insecure(reason = "a link checker")] "https://*"];
    static CFG_FEATURE = [#[cfg(feature = "preview")] #[insecure(reason = "ours alone")] "https://preview.example.com"];
    static CUSTOM_SCHEME = [#[insecure(reason = "an application's own channel")] "ipc:"];
    static DEFAULT_PORT = [#[insecure(reason = "a gateway wants it")] "https://api.example.com:443"];
    static EXACT_PATH = [#[insecure(reason = "only this URL")] "https://api.example.com/v1"];
    static LITERAL_ASTERISK = [#[insecure(reason = "the path has one")] "https://api.example.com/v1/*"];
    static LOCAL_SCHEME = [#[insecure(reason = "pictures are read back")] "data:", #[insecure(reason = "too")] "blob:"];
    static LOOPBACK = [#[insecure(reason = "a companion application")] "https://localhost:8443"];
    static PLAIN = [
        #[insecure(reason = "the till speaks no TLS")] "http://till.example.com",
        #[insecure(reason = "the till speaks no TLS")] "ws://till.example.com",
    ];
    static PUBLIC_SUFFIX = [#[insecure(reason = "users bring their own")] "https://*.github.io"];
    static SCHEME_ONLY = [#[insecure(reason = "a feed reader")] "https:", #[insecure(reason = "too")] "http:"];
    #[allow(deprecated)]
    static EMPTY = [];
    #[allow(deprecated)]
    static SILENCED = ["https:"];
}

fn main() {
    assert_eq!(ANY_HOST.header(), "connect-src *");
    assert_eq!(ANY_HTTPS_HOST.header(), "connect-src https://*");
    assert_eq!(CFG_FEATURE.header(), "connect-src 'none'");
    assert_eq!(CUSTOM_SCHEME.header(), "connect-src ipc:");
    assert_eq!(DEFAULT_PORT.header(), "connect-src https://api.example.com:443");
    assert_eq!(EXACT_PATH.header(), "connect-src https://api.example.com/v1");
    assert_eq!(LITERAL_ASTERISK.header(), "connect-src https://api.example.com/v1/*");
    assert_eq!(LOCAL_SCHEME.header(), "connect-src data: blob:");
    assert_eq!(LOOPBACK.header(), "connect-src https://localhost:8443");
    assert_eq!(PLAIN.header(), "connect-src http://till.example.com ws://till.example.com");
    assert_eq!(PUBLIC_SUFFIX.header(), "connect-src https://*.github.io");
    assert_eq!(SCHEME_ONLY.header(), "connect-src https: http:");
    assert_eq!(EMPTY.header(), "connect-src 'none'");
    assert_eq!(SILENCED.header(), "connect-src https:");
}
