csp_runtime::connect_src! {
    #[scanned(web)]
    pub static POLICY = ["https://api.example.com"];
}

fn main() {}
