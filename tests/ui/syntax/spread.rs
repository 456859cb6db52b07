csp_runtime::connect_src! {
    pub static POLICY = [..scanned];
}

fn main() {}
