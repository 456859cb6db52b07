#![deny(deprecated)]

csp_runtime::connect_src! {
    pub static POLICY = ["blob:"];
}

fn main() {}
