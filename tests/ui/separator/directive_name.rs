csp_runtime::connect_src! {
    pub static POLICY = ["connect-src https://api.example.com"];
}

fn main() {}
