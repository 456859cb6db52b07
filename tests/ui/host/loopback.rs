csp_runtime::connect_src! {
    pub static POLICY = ["https://localhost:8443"];
}

fn main() {}
