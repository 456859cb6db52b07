csp_runtime::connect_src! {
    pub static POLICY = ["https://example.*"];
}

fn main() {}
