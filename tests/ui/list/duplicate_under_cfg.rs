csp_runtime::connect_src! {
    pub static POLICY = [
        "https://api.example.com",
        #[cfg(debug_assertions)] "https://api.example.com",
    ];
}

fn main() {}
