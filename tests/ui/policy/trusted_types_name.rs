csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        trusted_types: ["my policy"],
    };
}

fn main() {}
