csp_runtime::connect_src! {
    pub static POLICY = ["javascript:"];
}

fn main() {}
