csp_runtime::connect_src! {
    pub static POLICY = ["htps://api.example.com"];
}

fn main() {}
