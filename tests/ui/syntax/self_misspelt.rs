csp_runtime::connect_src! {
    pub static POLICY = [slef];
}

fn main() {}
