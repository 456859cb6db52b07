csp_runtime::policy! {
    pub static PAGE = {
        default_src: [none],
        script_src: [nonce, nonce],
    };
}

fn main() {}
