csp_runtime::connect_src! {
    pub static POLICY = ["unsafe-inline"];
}

fn main() {}
