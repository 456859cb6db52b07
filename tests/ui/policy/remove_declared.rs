csp_runtime::policy! {
    pub static PAGE = {
        use_defaults: true,
        img_src: [self],
        remove: [img_src],
    };
}

fn main() {}
