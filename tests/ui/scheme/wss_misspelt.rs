csp_runtime::connect_src! {
    pub static POLICY = ["wws://ws.example.com"];
}

fn main() {}
