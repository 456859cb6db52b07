csp_runtime::connect_src! {
    pub static POLICY = [self];
}

const ENDPOINT: csp_runtime::Endpoint = csp_runtime::endpoint!(POLICY, "https://shop.example.com/cart");

fn main() {
    let _ = ENDPOINT;
}
