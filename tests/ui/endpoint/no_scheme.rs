csp_runtime::connect_src! {
    static POLICY = ["https://api.example.com"];
}

const ENDPOINT: csp_runtime::Endpoint = csp_runtime::endpoint!(POLICY, "api.example.com/v1/users?page=2");

fn main() {}
