csp_runtime::connect_src! {
    pub static POLICY = [self, crate::API];
}

fn main() {}
