#![deny(deprecated)]

csp_runtime::policy! {
    pub static PAGE = {
        connect_src: [self],
        base_uri: [none],
        script_src: [self],
    };
}

fn main() {}
