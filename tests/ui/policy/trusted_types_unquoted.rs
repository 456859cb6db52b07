csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        trusted_types: [dompurify],
    };
}

fn main() {}
