csp_runtime::connect_src! {
    pub static POLICY = [#cfg(debug_assertions) "https://api.example.com"];
}

fn main() {}
