csp_runtime::connect_src! {
    pub static POLICY = ["conect-src https://api.example.com"];
}

fn main() {}
