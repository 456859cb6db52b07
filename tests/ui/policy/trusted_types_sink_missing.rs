csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        require_trusted_types_for: [],
    };
}

fn main() {}
