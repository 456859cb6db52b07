csp_runtime::connect_src! {
    pub static POLICY = ["https://ａpi.example.com"];
}

fn main() {}
