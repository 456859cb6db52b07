csp_runtime::connect_src! {
    pub static POLICY = ["https://api+v2.example.com"];
}

fn main() {}
