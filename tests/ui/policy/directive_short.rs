csp_runtime::policy! {
    pub static PAGE = { default_src: [self], base_uri: [none], img: [self] };
}

fn main() {}
