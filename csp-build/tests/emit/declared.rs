// Declarations that are compiled, and read as text.

csp_runtime::connect_src! {
    pub static SHOP = [
        self,
        "https://api.example.com/v1/",
        "wss://ws.example.com" => "live order feed",
        #[cfg(debug_assertions)] "http://localhost:*",
        #[cfg(not(debug_assertions))] "https://release.example.com",
        #[cfg(any(unix, windows))] "https://system.example.com",
    ];
    pub static NOTHING = [none];
    pub static OFF = [#[cfg(any())] "https://off.example.com"];
    pub static MORE = ["https://first.example.com", ..SHOP, #[cfg(any())] ..NOTHING, "https://last.example.com", ..OFF];
}

pub mod pages {
    csp_runtime::policy! {
        pub static DEFAULTS = { use_defaults: true };
        pub static PAGE = {
            use_defaults: true,
            connect_src: super::SHOP,
            script_src: [self, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
            remove: [font_src],
            #[cfg(debug_assertions)]
            upgrade_insecure_requests: false,
            #[cfg(not(debug_assertions))]
            sandbox: [],
            report_to: "csp" => "https://reports.example.com/csp?d=e",
            connection_allowlist: { also: ["https://images.example.com", #[cfg(any())] "https://off.example.com"] },
        };
    }
}

csp_runtime::policy! {
    pub static EXTENDED = {
        extends: pages::PAGE,
        img_src: ["https://images.example.com"],
        connect_src: ["https://more.example.com", ..MORE_STILL],
        media_src: [#[cfg(any())] "https://off.example.com"],
        remove: [object_src],
    };
    pub static TRIAL = { extends: EXTENDED, report_only: true, default_src: ["https://all.example.com"] };
    pub static FALLBACK = { default_src: [self, "https://cdn.example.com"], base_uri: [none], sandbox: [allow_forms] };
    pub static IMAGES = { extends: FALLBACK, img_src: ["https://images.example.com"], style_src: [unsafe_inline] };
    pub static REPORTS = {
        default_src: [none],
        base_uri: [none],
        #[cfg(debug_assertions)]
        report_uri: ["/csp"],
        #[cfg(not(debug_assertions))]
        report_to: "csp" => "/csp",
        report_only: true,
    };
    pub static TYPES = {
        default_src: [none],
        base_uri: [none],
        require_trusted_types_for: [script],
        trusted_types: ["a", allow_duplicates],
        connection_allowlist: { report_only: true },
        report_to: "x" => "/x",
    };
}

csp_runtime::connect_src! {
    pub static MORE_STILL = ["wss://still.example.com"];
}

// Of two of one name, each build has one; what is only in some builds needs no attribute on its sources.
csp_runtime::connect_src! {
    #[cfg(debug_assertions)]
    pub static SERVERS = [self, "http://localhost:*", "ws://localhost:*"];
    #[cfg(not(debug_assertions))]
    pub static SERVERS = [self, "https://servers.example.com"];
    // What both have is there once.
    pub static BOTH = [..SHOP, "https://between.example.com", ..SERVERS, #[cfg(any())] ..MORE];
}

csp_runtime::policy! {
    #[cfg(all(debug_assertions, not(debug_assertions)))]
    pub static CHOSEN = { use_defaults: true };
    #[cfg(not(all(debug_assertions, not(debug_assertions))))]
    pub static CHOSEN = { default_src: [none], base_uri: [none], connect_src: [..SERVERS, ..SHOP] };
    // Empty lists, where the extended policy has nothing either.
    pub static CLOSED = { extends: CHOSEN, frame_src: [none], img_src: [none], base_uri: [none] };
}
