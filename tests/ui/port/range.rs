csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com:8000-8999"];
}

fn main() {}
