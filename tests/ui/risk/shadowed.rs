#![deny(deprecated)]

csp_runtime::connect_src! {
    pub static POLICY = [
        "https://*.example.com",
        "wss://*.example.com",
        "https://api.example.com",
    ];
}

fn main() {}
