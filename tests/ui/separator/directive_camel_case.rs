csp_runtime::connect_src! {
    pub static POLICY = ["connectSrc https://api.example.com"];
}

fn main() {}
