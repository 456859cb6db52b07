#![deny(deprecated)]

csp_runtime::connect_src! {
    pub static POLICY = [
        "https://api.example.com/v1/",
        "https://api.example.com/v1/users",
    ];
}

fn main() {}
