csp_runtime::connect_src! {
    pub static POLICY = [443];
}

fn main() {}
