csp_runtime::connect_src! {
    pub static POLICY = ["gopher://api.example.com"];
}

fn main() {}
