csp_runtime::connect_src! {
    pub static POLICY = [b"https://api.example.com"];
}

fn main() {}
