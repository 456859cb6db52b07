csp_runtime::policy! {
    pub static PAGE = {
        connect_src: csp::SHOP
        base_uri: [none],
    };
}

fn main() {}
