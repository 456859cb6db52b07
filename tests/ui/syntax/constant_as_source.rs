const API: &str = "https://api.example.com";

csp_runtime::connect_src! {
    pub static POLICY = [API];
}

fn main() {}
