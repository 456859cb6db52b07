csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        script_src: [unsafe-eval],
    };
}

fn main() {}
