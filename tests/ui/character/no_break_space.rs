csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com\u{a0}"];
}

fn main() {}
