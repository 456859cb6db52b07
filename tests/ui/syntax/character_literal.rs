csp_runtime::connect_src! {
    pub static POLICY = ['*'];
}

fn main() {}
