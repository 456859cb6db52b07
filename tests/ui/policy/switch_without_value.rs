csp_runtime::policy! {
    pub static PAGE = {
        use_defaults,
    };
}

fn main() {}
