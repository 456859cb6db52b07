csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com"];
}

const ENDPOINT: csp_runtime::Endpoint = csp_runtime::endpoint!(POLICY, "/v1/users");

fn main() {
    let _ = ENDPOINT;
}
