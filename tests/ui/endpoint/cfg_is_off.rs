csp_runtime::connect_src! {
    pub static POLICY = [#[cfg(any())] "https://api.example.com"];
}

const ENDPOINT: csp_runtime::Endpoint = csp_runtime::endpoint!(POLICY, "https://api.example.com/v1");

fn main() {
    let _ = ENDPOINT;
}
