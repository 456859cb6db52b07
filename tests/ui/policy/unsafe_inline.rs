#![deny(deprecated)]

csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        base_uri: [none],
        script_src: [unsafe_inline],
    };
}

fn main() {}
