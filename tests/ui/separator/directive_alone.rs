csp_runtime::connect_src! {
    pub static POLICY = ["connect-src"];
}

fn main() {}
