csp_runtime::connect_src! {
    pub POLICY = ["https://api.example.com"];
}

fn main() {}
