csp_runtime::connect_src! {
    pub static POLICY = [#[insecure(reason = "no TLS", until = "2030")] "http://till.example.com"];
}

fn main() {}
