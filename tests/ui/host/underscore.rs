csp_runtime::connect_src! {
    pub static POLICY = ["https://my_api.example.com"];
}

fn main() {}
