csp_runtime::connect_src! {
    pub static POLICY = [#[cfg(sometimes("x"))] "https://api.example.com"];
}

fn main() {}
