csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com\twss://ws.example.com"];
}

fn main() {}
