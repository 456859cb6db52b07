csp_runtime::connect_src! {
    pub static POLICY = ["http://localhost:*"];
}

fn main() {}
