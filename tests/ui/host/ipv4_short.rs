csp_runtime::connect_src! {
    pub static POLICY = [#[cfg(debug_assertions)] "http://127.1"];
}

fn main() {}
