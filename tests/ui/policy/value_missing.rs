csp_runtime::policy! {
    pub static PAGE = {
        default_src,
    };
}

fn main() {}
