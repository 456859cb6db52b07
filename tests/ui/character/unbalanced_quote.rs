csp_runtime::connect_src! {
    pub static POLICY = ["'self"];
}

fn main() {}
