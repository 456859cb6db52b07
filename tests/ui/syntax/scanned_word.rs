csp_runtime::connect_src! {
    pub static POLICY = [self, scanned];
}

fn main() {}
