//! `self` and `none`, bare and with the quotes of the header.
#![deny(warnings)]

csp_runtime::connect_src! {
    static BARE_SELF = [self];
    static QUOTED_SELF = ["'self'"];
    static SELF_LAST = ["https://api.example.com", self];
    static BARE_NONE = [none];
    static QUOTED_NONE = ["'none'"];
    static EXPLAINED = [self => "the page's own API", #[cfg(all())] "wss://ws.example.com"];
}

fn main() {
    for (policy, sources) in [
        (&BARE_SELF, "'self'"),
        (&QUOTED_SELF, "'self'"),
        (&SELF_LAST, "https://api.example.com 'self'"),
        (&BARE_NONE, "'none'"),
        (&QUOTED_NONE, "'none'"),
        (&EXPLAINED, "'self' wss://ws.example.com"),
    ] {
        assert_eq!(policy.header(), format!("connect-src {sources}"));
    }
    assert!(BARE_NONE.sources().is_empty());

    let shop = BARE_SELF.guard().self_origin("https://shop.example.com").unwrap();
    assert!(shop.allows("https://shop.example.com/cart"));
    assert!(!BARE_SELF.guard().allows("https://shop.example.com/cart"));
}
