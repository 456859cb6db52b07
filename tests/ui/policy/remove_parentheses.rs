csp_runtime::policy! {
    pub static PAGE = { use_defaults: true, remove: (img_src) };
}

fn main() {}
