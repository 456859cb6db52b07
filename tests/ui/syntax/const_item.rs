csp_runtime::connect_src! {
    pub const POLICY = ["https://api.example.com"];
}

fn main() {}
