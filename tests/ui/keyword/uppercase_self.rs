csp_runtime::connect_src! {
    pub static POLICY = ["'SELF'"];
}

fn main() {}
