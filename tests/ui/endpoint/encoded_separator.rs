csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com/v1/"];
}

const ENDPOINT: csp_runtime::Endpoint = csp_runtime::endpoint!(POLICY, "https://api.example.com/v1/a%2Fb");

fn main() {
    let _ = ENDPOINT;
}
