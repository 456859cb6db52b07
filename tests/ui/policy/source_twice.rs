csp_runtime::policy! {
    pub static PAGE = {
        default_src: [self, self],
    };
}

fn main() {}
