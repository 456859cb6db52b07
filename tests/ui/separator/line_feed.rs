csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com\nX-Injected: 1"];
}

fn main() {}
