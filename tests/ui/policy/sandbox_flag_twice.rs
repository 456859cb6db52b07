csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        sandbox: [allow_scripts, allow_scripts],
    };
}

fn main() {}
