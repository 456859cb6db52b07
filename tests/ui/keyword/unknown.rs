csp_runtime::connect_src! {
    pub static POLICY = ["'everything'"];
}

fn main() {}
