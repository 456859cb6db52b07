csp_runtime::connect_src! {
    pub static POLICY = ["http://api.example.com"];
}

fn main() {}
