csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com"];
    pub static POLICY = ["https://hooks.example.net"];
}

fn main() {}
