csp_runtime::connect_src! {
    pub static POLICY = ["https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example.com"];
}

fn main() {}
