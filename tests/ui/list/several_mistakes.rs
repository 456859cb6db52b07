csp_runtime::connect_src! {
    pub static POLICY = [
        "api.example.com",
        "https://api.example.com",
        "https://api.example.com:99999",
        slef,
        "htps://api.example.com",
        "https://api.example.com",
    ];
}

fn main() {}
