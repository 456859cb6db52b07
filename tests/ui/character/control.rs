csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com\u{7}"];
}

fn main() {}
