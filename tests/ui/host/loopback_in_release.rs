csp_runtime::connect_src! {
    pub static POLICY = [#[cfg(not(debug_assertions))] "https://localhost"];
}

fn main() {}
