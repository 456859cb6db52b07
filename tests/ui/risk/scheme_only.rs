#![deny(deprecated)]

csp_runtime::connect_src! {
    pub static POLICY = ["https:"];
}

fn main() {}
