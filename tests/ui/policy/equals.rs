csp_runtime::policy! {
    pub static PAGE = {
        default_src = [self],
    };
}

fn main() {}
