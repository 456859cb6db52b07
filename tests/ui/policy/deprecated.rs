#![deny(deprecated)]

csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        base_uri: [none],
        plugin_types: ["application/pdf"],
    };
}

fn main() {}
