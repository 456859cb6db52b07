csp_runtime::policy! {
    pub static PAGE = {
        use_defaults: true,
        remove: [img-src],
    };
}

fn main() {}
