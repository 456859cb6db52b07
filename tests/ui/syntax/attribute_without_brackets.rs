csp_runtime::connect_src! {
    pub static POLICY = [cfg(debug_assertions) "http://localhost:3000"];
}

fn main() {}
