csp_runtime::connect_src! {
    pub static POLICY = ["https://api.{tenant}.example.com"];
}

fn main() {}
