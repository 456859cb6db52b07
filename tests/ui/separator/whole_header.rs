csp_runtime::connect_src! {
    pub static POLICY = ["default-src 'self'; connect-src 'self' https://api.example.com"];
}

fn main() {}
