csp_runtime::connect_src! {
    pub static POLICY = [true];
}

fn main() {}
