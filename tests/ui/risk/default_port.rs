#![deny(deprecated)]

csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com:443"];
}

fn main() {}
