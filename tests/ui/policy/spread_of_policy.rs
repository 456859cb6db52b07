csp_runtime::policy! {
    static BASE = { default_src: [self], base_uri: [none] };
}

csp_runtime::policy! {
    pub static PAGE = {
        ..BASE,
        img_src: [self],
    };
}

fn main() {}
