#![deny(deprecated)]

csp_runtime::policy! {
    pub static PAGE = {
        connect_src: [self],
        base_uri: [none],
        object_src: [none],
    };
}

fn main() {}
