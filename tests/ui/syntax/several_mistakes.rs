csp_runtime::connect_src! {
    pub static PAGES = [slef, b"https://api.example.com", "https://a.example" "https://b.example",, #[cfg] "https://c.example"];
    pub const BACKEND = ["https://hooks.example.net"];
    pub static mut WORKER = [self];
}

fn main() {}
