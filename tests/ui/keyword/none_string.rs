csp_runtime::connect_src! {
    pub static POLICY = ["none"];
}

fn main() {}
