csp_runtime::connect_src! {
    pub static POLICY = [#[cfg(debug_assertions)] "http://0x7f.1"];
}

fn main() {}
