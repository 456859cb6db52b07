csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        script_src: ["'nonce-r4nd0m'"],
    };
}

fn main() {}
