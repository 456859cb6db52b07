csp_runtime::connect_src! {
    pub static POLICY = [#[cfg(not(debug_assertions))] "http://api.example.com"];
}

fn main() {}
