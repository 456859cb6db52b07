csp_runtime::connect_src! {
    pub static POLICY = [#[allow(deprecated)] "https://api.example.com"];
}

fn main() {}
