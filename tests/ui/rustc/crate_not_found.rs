csp_runtime::connect_src! {
    crate = csp;

    pub static POLICY = ["https://api.example.com"];
}

fn main() {}
