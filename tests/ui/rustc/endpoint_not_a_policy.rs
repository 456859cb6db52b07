csp_runtime::connect_src! {
    pub static POLICY = ["https://api.example.com"];
}

static NAME: &str = "POLICY";

const ENDPOINT: csp_runtime::Endpoint = csp_runtime::endpoint!(NAME, "https://api.example.com/v1");

fn main() {
    let _ = ENDPOINT;
}
