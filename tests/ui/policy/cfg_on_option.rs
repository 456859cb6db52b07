csp_runtime::policy! {
    pub static PAGE = {
        #[cfg(debug_assertions)] use_defaults: true,
        default_src: [none],
    };
}

fn main() {}
