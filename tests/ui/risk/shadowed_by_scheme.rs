#![deny(deprecated)]

csp_runtime::connect_src! {
    pub static POLICY = [
        #[insecure(reason = "a feed reader fetches what its user asks for")] "https:",
        "https://api.example.com",
    ];
}

fn main() {}
