#![deny(deprecated)]

csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        base_uri: [none],
        connection_allowlist: ["https://a.example"],
    };
}

fn main() {}
