csp_runtime::connect_src! {
    pub static POLICY = ["data://api.example.com"];
}

fn main() {}
