#![deny(deprecated)]

csp_runtime::connect_src! {
    static FEEDS = [#[insecure(reason = "a feed reader")] "*"];
}

csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        base_uri: [none],
        connect_src: FEEDS,
        connection_allowlist: true,
    };
}

fn main() {}
