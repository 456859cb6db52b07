csp_runtime::connect_src! {
    pub static POLICY = [Self];
}

fn main() {}
