csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        #[cfg(debug_assertions)] img_src: [self],
    };
}

fn main() {}
