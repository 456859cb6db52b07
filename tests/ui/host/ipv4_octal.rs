csp_runtime::connect_src! {
    pub static POLICY = ["https://0300.0250.0.1"];
}

fn main() {}
