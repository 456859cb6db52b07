csp_runtime::connect_src! {
    pub static POLICY = [nonce];
}

fn main() {}
