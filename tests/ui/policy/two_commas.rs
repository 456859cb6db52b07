csp_runtime::policy! {
    pub static PAGE = { use_defaults: true,, img_src: [self] };
}

fn main() {}
