csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        sandbox: ["allow-scripts"],
    };
}

fn main() {}
