csp_runtime::policy! {
    pub static PAGE = {
        use_defaults: true,
        remove: [media_src],
    };
}

fn main() {}
