csp_runtime::connect_src! {
    pub static POLICY = ["file:"];
}

fn main() {}
