csp_runtime::connect_src! {
    pub static POLICY = ["https://256.1.1.1"];
}

fn main() {}
