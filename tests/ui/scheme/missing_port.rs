csp_runtime::connect_src! {
    pub static POLICY = ["api.example.com:8443"];
}

fn main() {}
