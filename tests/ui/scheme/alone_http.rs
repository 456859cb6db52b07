csp_runtime::connect_src! {
    pub static POLICY = ["http:"];
}

fn main() {}
