csp_runtime::connect_src! {
    pub static POLICY = [self, ..POLICY];
}

fn main() {}
