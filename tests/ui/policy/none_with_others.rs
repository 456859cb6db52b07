csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none, self],
    };
}

fn main() {}
