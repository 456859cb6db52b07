csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        #[insecure(reason = "x")] img_src: [self],
    };
}

fn main() {}
