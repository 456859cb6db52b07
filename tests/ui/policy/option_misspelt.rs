csp_runtime::policy! {
    pub static PAGE = {
        use_default: true,
        default_src: [self],
    };
}

fn main() {}
