csp_runtime::connect_src! {
    pub static POLICY = ["HTTPS://api.example.com"];
}

fn main() {}
