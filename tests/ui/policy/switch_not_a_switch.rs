csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        upgrade_insecure_requests: [],
    };
}

fn main() {}
