csp_runtime::connect_src! {
    static POLICY = ["https://*.example.com"];
}

const ENDPOINT: csp_runtime::Endpoint = csp_runtime::endpoint!(POLICY, "https://*.example.com/v1");

fn main() {}
