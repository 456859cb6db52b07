csp_runtime::connect_src! {
    pub static PAGES = ["https://api.example.com"]
    pub static BACKEND = ["https://hooks.example.net"];
}

fn main() {}
