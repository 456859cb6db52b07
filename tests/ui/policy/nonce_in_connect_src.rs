csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        connect_src: [nonce],
    };
}

fn main() {}
