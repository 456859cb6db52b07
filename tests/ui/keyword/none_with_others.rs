csp_runtime::connect_src! {
    pub static POLICY = [
        none,
        "https://api.example.com",
    ];
}

fn main() {}
