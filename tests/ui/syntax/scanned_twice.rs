csp_runtime::connect_src! {
    #[scanned("web/src")]
    #[scanned("web/admin")]
    pub static POLICY = ["https://api.example.com"];
}

fn main() {}
