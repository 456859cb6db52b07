csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        sandbox: true,
    };
}

fn main() {}
