csp_runtime::policy! {
    pub static PAGE = { use_defaults: true, style_src: [self, "unsafe_inline"] };
}

fn main() {}
