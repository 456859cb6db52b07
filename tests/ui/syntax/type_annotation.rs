csp_runtime::connect_src! {
    pub static POLICY: csp_runtime::Policy = ["https://api.example.com"];
}

fn main() {}
