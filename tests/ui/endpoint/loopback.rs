csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com"];
}

const ENDPOINT: csp_runtime::Endpoint = csp_runtime::endpoint!(POLICY, "http://localhost:3000/v1");

fn main() {
    let _ = ENDPOINT;
}
