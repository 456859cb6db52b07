csp_runtime::connect_src! {
    pub static POLICY = ["ws://ws.example.com"];
}

fn main() {}
