csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        trusted_types: [none, "a"],
    };
}

fn main() {}
