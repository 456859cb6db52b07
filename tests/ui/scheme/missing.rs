csp_runtime::connect_src! {
    pub static POLICY = ["api.example.com"];
}

fn main() {}
