#![allow(unexpected_cfgs)]
#![deny(deprecated)]

csp_runtime::connect_src! {
    pub static POLICY = [#[cfg(feature = "preview")] "https://preview.example.com"];
}

fn main() {}
