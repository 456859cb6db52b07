csp_runtime::connect_src! {
    crate = csp_runtime

    pub static POLICY = ["https://api.example.com"];
}

fn main() {}
