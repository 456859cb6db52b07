csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com,https://cdn.example.com"];
}

fn main() {}
