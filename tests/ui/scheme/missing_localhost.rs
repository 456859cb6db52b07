csp_runtime::connect_src! {
    pub static POLICY = ["localhost:3000"];
}

fn main() {}
