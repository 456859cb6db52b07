csp_runtime::connect_src! {
    pub static POLICY = ["*.example.com"];
}

fn main() {}
