csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com\r\nX-Injected: 1"];
}

fn main() {}
