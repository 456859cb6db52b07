csp_runtime::connect_src! {
    pub static POLICY = ["https://api\u{200b}.example.com"];
}

fn main() {}
