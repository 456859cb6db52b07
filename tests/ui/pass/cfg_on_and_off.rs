//! Entries below a `#[cfg]` count where it holds.
#![deny(warnings)]

csp_runtime::connect_src! {
    static FIRST = [#[cfg(all())] "https://on.example.com", "https://api.example.com"];
    static LAST = ["https://api.example.com", #[cfg(any())] "https://off.example.com"];
    static BETWEEN = [
        self,
        #[cfg(any())] "https://off.example.com",
        "https://a.example.com",
        "https://b.example.com",
        #[cfg(not(any()))] "https://on.example.com",
        "https://c.example.com",
    ];
    static SEVERAL = [
        #[cfg(all())] #[cfg(any())] "https://off.example.com",
        #[cfg(all())] #[cfg(not(any()))] "https://on.example.com",
    ];
    static EITHER = [
        #[cfg(debug_assertions)] "http://localhost:3000",
        #[cfg(not(debug_assertions))] "https://api.example.com",
    ];
    static SAME_IN_BOTH = [
        #[cfg(debug_assertions)] "https://api.example.com",
        #[cfg(not(debug_assertions))] "https://api.example.com",
    ];
    static ALL_OFF = [#[cfg(any())] self, #[cfg(any())] "https://off.example.com"];
    #[cfg(any())]
    static ITEM_OFF = ["https://off.example.com"];
    #[cfg(all())]
    static ITEM_ON = ["https://on.example.com"];
    #[cfg(all())]
    static ITEM_IN_BOTH = ["https://on.example.com"];
    #[cfg(not(all()))]
    static ITEM_IN_BOTH = ["https://off.example.com"];
    static EXTENDED = [#[cfg(any())] ..LAST, #[cfg(all())] ..ITEM_IN_BOTH];
}

csp_runtime::policy! {
    #[cfg(all())]
    static PAGE = { use_defaults: true, connect_src: ["https://on.example.com"] };
    #[cfg(any())]
    static PAGE = { use_defaults: true, script_src: [nonce] };
    static MORE = { extends: PAGE, connect_src: ["https://more.example.com"] };
}

fn main() {
    let either = if cfg!(debug_assertions) { "http://localhost:3000" } else { "https://api.example.com" };
    for (policy, sources, count) in [
        (&FIRST, "https://on.example.com https://api.example.com", 2),
        (&LAST, "https://api.example.com", 1),
        (
            &BETWEEN,
            "'self' https://a.example.com https://b.example.com https://on.example.com https://c.example.com",
            5,
        ),
        (&SEVERAL, "https://on.example.com", 1),
        (&EITHER, either, 1),
        (&SAME_IN_BOTH, "https://api.example.com", 1),
        (&ALL_OFF, "'none'", 0),
        (&ITEM_ON, "https://on.example.com", 1),
        (&ITEM_IN_BOTH, "https://on.example.com", 1),
        (&EXTENDED, "https://on.example.com", 1),
    ] {
        assert_eq!(policy.header(), format!("connect-src {sources}"));
        assert_eq!(policy.sources().len(), count);
    }
    assert_eq!(MORE.directive(), "connect-src https://on.example.com https://more.example.com");
    assert!(!BETWEEN.guard().allows("https://off.example.com/"));
    assert!(BETWEEN.guard().allows("https://on.example.com/"));
    assert!(BETWEEN.guard().allows("https://c.example.com/"));
}
