csp_runtime::connect_src! {
    #[scanned]
    pub static POLICY = ["https://api.example.com"];
}

fn main() {}
