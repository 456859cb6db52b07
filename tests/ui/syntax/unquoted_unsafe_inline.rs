csp_runtime::connect_src! {
    pub static POLICY = [unsafe_inline];
}

fn main() {}
