csp_runtime::connect_src! {
    pub static POLICY = ["https://API.example.com"];
}

fn main() {}
