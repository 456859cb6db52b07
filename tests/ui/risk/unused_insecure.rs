#![deny(deprecated)]

csp_runtime::connect_src! {
    pub static POLICY = [#[insecure(reason = "none is needed")] "https://api.example.com"];
}

fn main() {}
