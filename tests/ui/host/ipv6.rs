csp_runtime::connect_src! {
    pub static POLICY = ["https://[2001:db8::1]"];
}

fn main() {}
