csp_runtime::connect_src! {
    pub static PAGES = [self, "api.example.com"];
    pub static BACKEND = ["https://api.example.com" "https://hooks.example.net"];
    pub static WORKER = ["https://worker.example.com/#top"];
}

fn main() {}
