#![deny(deprecated)]

csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        base_uri: [none],
        sandbox: [allow_scripts, allow_same_origin],
    };
}

fn main() {}
