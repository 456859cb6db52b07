#![deny(deprecated)]

csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        base_uri: [none],
        connection_allowlist: { report_only: true },
    };
}

fn main() {}
