csp_runtime::connect_src! {
    pub static POLICY = ["ftp://files.example.com"];
}

fn main() {}
