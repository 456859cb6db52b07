csp_runtime::connect_src! {
    pub static POLICY = [#[cfg] "https://api.example.com"];
}

fn main() {}
