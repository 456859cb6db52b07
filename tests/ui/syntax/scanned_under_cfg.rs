csp_runtime::connect_src! {
    pub static POLICY = [#[cfg(debug_assertions)] ..scanned];
}

fn main() {}
