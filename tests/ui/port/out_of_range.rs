csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com:99999"];
}

fn main() {}
